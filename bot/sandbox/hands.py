"""What people do with their phones: each deed makes the update that Telegram would make of it."""

import base64
from typing import Any

from bot.sandbox.refusal import bad_request
from bot.sandbox.views import chat_view, message_view, person
from bot.sandbox.world import Chat, Message, World

FILES = ("document", "photo", "voice", "audio", "video", "video_note")


def _from_person(world: World, chat: Chat, **content: Any) -> Message:
    shown = str(content.get("text", ""))
    return world.new_message(
        chat, by_bot=False, shown=shown, content={key: one for key, one in content.items() if key != "text"}
    )


def _say(world: World, chat: Chat, given: dict[str, Any]) -> None:
    """Write a text; the first one opens the chat, as its START button does."""
    if chat.blocked:
        chat.blocked = False
        _member(world, chat, "member")
    chat.opened = True
    message = _from_person(world, chat, text=given["text"])
    world.add_update("message", message_view(chat, message) | {"text": given["text"]})


def _open(world: World, chat: Chat, given: dict[str, Any]) -> None:
    """Open the bot by a link."""
    payload = given.get("payload", "")
    _say(world, chat, {"text": f"/start {payload}".strip()})


def _share(world: World, chat: Chat, given: dict[str, Any]) -> None:
    """Send anything that is not text: `content` as the Bot API shows it, `data` what is in a file, in base64."""
    chat.opened = True
    content = given["content"]
    for kind in FILES:
        if kind in content:
            file = content[kind][-1] if isinstance(content[kind], list) else content[kind]
            given_data = base64.b64decode(given.get("data", ""))
            world.files[file["file_id"]] = given_data or b"x" * int(file.get("file_size", 1))
    message = _from_person(world, chat, **content)
    world.add_update("message", message_view(chat, message))


def _tap(world: World, chat: Chat, given: dict[str, Any]) -> None:
    """Tap a button by its callback data on a message; it need not be there any more."""
    message = chat.find(int(given["message_id"]))
    if message is None:
        raise bad_request("no such message on this phone")
    if world.on_tap is not None:
        label = next(
            (one["text"] for one in message.buttons() if one.get("callback_data") == given["data"]), ""
        )
        world.on_tap(chat, label)
    for _ in range(int(given.get("times", 1))):
        query = {
            "id": world.new_query(chat.id),
            "from": person(chat),
            "message": message_view(chat, message),
            "chat_instance": str(chat.id),
            "data": given["data"],
        }
        world.add_update("callback_query", query)


def _edit(world: World, chat: Chat, given: dict[str, Any]) -> None:
    """Change an earlier message of one's own: its text, or where a live location is now."""
    message = chat.find(int(given["message_id"]))
    if message is None or message.by_bot:
        raise bad_request("no such message of this person")
    if "location" in given:
        message.content["location"] = given["location"]
    else:
        message.history.append(message.shown)
        message.shown = given["text"]
    view = message_view(chat, message)
    world.add_update("edited_message", view | {"edit_date": int(world.clock().timestamp())})


def _member(world: World, chat: Chat, status: str) -> None:
    change = {
        "chat": chat_view(chat),
        "from": person(chat),
        "date": int(world.clock().timestamp()),
        "new_chat_member": {"status": status},
    }
    world.add_update("my_chat_member", change)


def _block(world: World, chat: Chat, given: dict[str, Any]) -> None:
    """Block the bot."""
    chat.blocked = True
    _member(world, chat, "kicked")


def _unblock(world: World, chat: Chat, given: dict[str, Any]) -> None:
    """Unblock the bot."""
    chat.blocked = False
    _member(world, chat, "member")


def _raw(world: World, chat: Chat, given: dict[str, Any]) -> None:
    """Make an update of any shape at all."""
    update = world.add_update("", {})
    update.pop("")
    update.update(given["update"])


DEEDS = {
    "open": _open,
    "say": _say,
    "share": _share,
    "tap": _tap,
    "edit": _edit,
    "block": _block,
    "unblock": _unblock,
    "raw": _raw,
}
