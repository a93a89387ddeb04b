"""How messages and people look in the Bot API's own JSON."""

from typing import Any

from bot.sandbox.world import BOT_ID, BOT_NAME, Chat, Message


def bot_user() -> dict[str, Any]:
    """Return the bot."""
    return {
        "id": BOT_ID,
        "is_bot": True,
        "first_name": "Doorstep",
        "username": BOT_NAME,
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def person(chat: Chat) -> dict[str, Any]:
    """Return the person whose chat this is."""
    return {
        "id": abs(chat.id),
        "is_bot": False,
        "first_name": chat.first_name,
        "language_code": chat.language_code,
    }


def chat_view(chat: Chat) -> dict[str, Any]:
    """Return a chat."""
    name = {"first_name": chat.first_name} if chat.kind == "private" else {"title": chat.first_name}
    return {"id": chat.id, "type": chat.kind, **name}


def message_view(chat: Chat, message: Message) -> dict[str, Any]:
    """Return a message."""
    view: dict[str, Any] = {
        "message_id": message.message_id,
        "date": int(message.date.timestamp()),
        "chat": chat_view(chat),
        "from": bot_user() if message.by_bot else person(chat),
        **{key: value for key, value in message.content.items() if key != "data"},
    }
    if message.shown and not message.content:
        view["text"] = message.shown
        if message.shown.startswith("/"):
            length = len(message.shown.split()[0])
            view["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    if "inline_keyboard" in message.keyboard:
        view["reply_markup"] = message.keyboard
    return view
