"""The methods that the stand-in serves: a table, one function each, refusals in Telegram's own words."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.markup import plain_text
from bot.sandbox.refusal import Refusal, bad_request
from bot.sandbox.views import bot_user, chat_view, message_view
from bot.sandbox.world import Chat, Message, World

MAX_TEXT, MAX_CAPTION, MAX_DATA, MAX_BUTTONS, MAX_NOTICE = 4096, 1024, 64, 100, 200
MAX_COMMAND, MAX_DESCRIPTION = 32, 256
MAX_PHOTO, MAX_DOWNLOAD = 10 * 1024 * 1024, 20 * 1024 * 1024  # bytes
Params = dict[str, Any]


def _get_me(world: World, params: Params) -> Any:
    return bot_user()


def _reachable(world: World, params: Params) -> Chat:
    chat_id = params.get("chat_id")  # optional in edits, for messages of a kind that is not served
    if chat_id is None:
        raise bad_request("chat_id is empty")
    chat = (
        world.chats.get(int(chat_id))
        if not isinstance(chat_id, str) or chat_id.lstrip("-").isdigit()
        else None
    )
    if chat is None or not chat.opened:
        raise bad_request("chat not found")
    if chat.blocked:
        raise Refusal(403, "Forbidden: bot was blocked by the user")
    return chat


def _shown(params: Params, field: str, limit: int) -> str:
    text = str(params.get(field, ""))
    shown = plain_text(text) if params.get("parse_mode") == "HTML" else text
    if field == "text" and not shown.strip():
        raise bad_request("message text is empty")
    if len(shown) > limit:
        raise bad_request("message is too long" if field == "text" else "message caption is too long")
    return shown


def _keyboard(params: Params) -> dict[str, Any]:
    markup: dict[str, Any] = params.get("reply_markup") or {}
    buttons = [button for row in markup.get("inline_keyboard", []) for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        data = button.get("callback_data")
        if not button.get("text"):
            raise bad_request("inline keyboard button text is empty")
        if data is not None and not 1 <= len(data.encode()) <= MAX_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
        if data is None and "url" not in button and "copy_text" not in button:
            raise bad_request("Text buttons are unallowed in the inline keyboard")
    return markup


def _send_message(world: World, params: Params) -> Any:
    chat = _reachable(world, params)
    shown, keyboard = _shown(params, "text", MAX_TEXT), _keyboard(params)
    silent = bool(params.get("disable_notification"))
    message = world.new_message(
        chat, by_bot=True, shown=shown, source=params["text"], keyboard=keyboard, silent=silent
    )
    return message_view(chat, message)


def _send_file(kind: str) -> Callable[[World, Params], Any]:
    def send(world: World, params: Params) -> Any:
        chat = _reachable(world, params)
        shown = _shown(params, "caption", MAX_CAPTION)
        given = params[kind]
        name, data = given if isinstance(given, tuple) else (str(given), b"")
        if kind == "photo" and len(data) > MAX_PHOTO:
            raise bad_request(
                f"file of size {len(data)} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
            )
        file_id = f"{kind}-{len(world.files) + 1}"
        world.files[file_id] = data
        body = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(data)}
        content = {kind: [body] if kind == "photo" else body, "data": data}
        if shown:
            content["caption"] = shown
        message = world.new_message(
            chat, by_bot=True, shown=shown, keyboard=_keyboard(params), content=content
        )
        return message_view(chat, message)

    return send


def _send_place(world: World, params: Params) -> Any:
    chat = _reachable(world, params)
    location = {"latitude": params["latitude"], "longitude": params["longitude"]}
    content: dict[str, Any] = {"location": location}
    if "title" in params:
        content["venue"] = {"location": location, "title": params["title"], "address": params["address"]}
    message = world.new_message(chat, by_bot=True, shown=str(params.get("title", "")), content=content)
    return message_view(chat, message)


def _editable(world: World, params: Params) -> tuple[Chat, Message]:
    chat = _reachable(world, params)
    message = chat.find(int(params.get("message_id", 0)))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.by_bot or message.keyboard.get("keyboard"):
        raise bad_request("message can't be edited")
    return chat, message


def _edit_text(world: World, params: Params) -> Any:
    chat, message = _editable(world, params)
    shown, keyboard = _shown(params, "text", MAX_TEXT), _keyboard(params)
    return _changed(world, chat, message, params["text"], shown, keyboard)


def _edit_markup(world: World, params: Params) -> Any:
    chat, message = _editable(world, params)
    return _changed(world, chat, message, message.source, message.shown, _keyboard(params))


def _changed(
    world: World, chat: Chat, message: Message, source: str, shown: str, keyboard: dict[str, Any]
) -> Any:
    if (source, keyboard or {}) == (message.source, _inline_only(message.keyboard)):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    said_anew = shown != message.shown
    if said_anew:
        message.history.append(message.shown)
    message.source, message.shown, message.keyboard = source, shown, keyboard
    if said_anew and world.on_message is not None:
        world.on_message(message)
    return message_view(chat, message)


def _inline_only(keyboard: dict[str, Any]) -> dict[str, Any]:
    return keyboard if "inline_keyboard" in keyboard else {}


def _delete(world: World, params: Params) -> Any:
    chat = _reachable(world, params)
    message = chat.find(int(params["message_id"]))
    if message is None:
        raise bad_request("message to delete not found")
    chat.messages.remove(message)
    return True


def _answer(world: World, params: Params) -> Any:
    chat_id = world.queries.pop(params["callback_query_id"], None)
    if chat_id is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = str(params.get("text", ""))
    if len(text) > MAX_NOTICE:
        raise bad_request("MESSAGE_TOO_LONG")
    if text:
        world.chat(chat_id).notices.append(text)
    return True


def _set_commands(world: World, params: Params) -> Any:
    language = params.get("language_code", "")
    if language and len(language) != 2:  # noqa: PLR2004 - ISO 639-1
        raise bad_request("invalid language code specified")
    for command in params["commands"]:
        name, description = command["command"], command["description"]
        if not 1 <= len(name) <= MAX_COMMAND or not name.replace("_", "a").isalnum() or name != name.lower():
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= MAX_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    scope = params.get("scope", {})
    if scope.get("type") == "chat":
        _reachable(world, scope).commands = params["commands"]
    return True


def _get_commands(world: World, params: Params) -> Any:
    scope = params.get("scope", {})
    return world.chat(int(scope["chat_id"])).commands if scope.get("type") == "chat" else []


def _get_chat(world: World, params: Params) -> Any:
    return chat_view(_reachable(world, params))


def _get_file(world: World, params: Params) -> Any:
    file_id = params["file_id"]
    if file_id not in world.files:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    size = len(world.files[file_id])
    if size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": f"files/{file_id}"}


def _set_webhook(world: World, params: Params) -> Any:
    world.webhook = {"url": params["url"], "secret_token": params.get("secret_token", "")}
    return True


def _delete_webhook(world: World, params: Params) -> Any:
    world.webhook = None
    if params.get("drop_pending_updates"):
        world.updates.clear()
    return True


def _webhook_info(world: World, params: Params) -> Any:
    url = world.webhook["url"] if world.webhook else ""
    return {"url": url, "has_custom_certificate": False, "pending_update_count": len(world.updates)}


def _chat_action(world: World, params: Params) -> Any:
    _reachable(world, params).typed += 1
    return True


def _true(world: World, params: Params) -> Any:
    return True


METHODS: Mapping[str, Callable[[World, Params], Any]] = {
    "getMe": _get_me,
    "sendMessage": _send_message,
    "sendDocument": _send_file("document"),
    "sendPhoto": _send_file("photo"),
    "sendVoice": _send_file("voice"),
    "sendLocation": _send_place,
    "sendVenue": _send_place,
    "sendChatAction": _chat_action,
    "editMessageText": _edit_text,
    "editMessageReplyMarkup": _edit_markup,
    "deleteMessage": _delete,
    "answerCallbackQuery": _answer,
    "setMyCommands": _set_commands,
    "getMyCommands": _get_commands,
    "deleteMyCommands": _true,
    "setMyDescription": _true,
    "setMyShortDescription": _true,
    "setMyName": _true,
    "setChatMenuButton": _true,
    "getChat": _get_chat,
    "getFile": _get_file,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _webhook_info,
}
