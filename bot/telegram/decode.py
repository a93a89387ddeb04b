"""An update of the Bot API as one of `bot.service.inbound.incoming`. Pure, and it never raises, whatever comes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.service.inbound.incoming import (
    Blocked,
    Card,
    Command,
    Edited,
    From,
    Group,
    Incoming,
    Media,
    Place,
    Strange,
    Tap,
    Unblocked,
    Words,
)
from flows.engine import FileKind

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
MALFORMED = (LookupError, TypeError, ValueError, AttributeError, OverflowError, OSError)
MAX_ID = 2**63 - 1  # what the database takes
_GONE = ("kicked", "left")


def decode(update: Mapping[str, Any]) -> Incoming:
    """Return what an update says."""
    try:
        for kind, read in READERS.items():
            if kind in update:
                return read(update[kind])
    except MALFORMED:
        return Strange("malformed")
    return Strange("unknown_kind")


def chat_of(update: Mapping[str, Any]) -> int | None:
    """Return the chat that an update belongs to, where there is one."""
    try:
        for kind in READERS:
            if kind in update:
                body = update[kind]
                chat = body["message"]["chat"] if kind == "callback_query" else body["chat"]
                chat_id = int(chat["id"])
                return chat_id if abs(chat_id) <= MAX_ID else None
    except MALFORMED:
        pass
    return None


def _origin(message: Mapping[str, Any], sender: Mapping[str, Any]) -> From:
    date = message.get("date")
    return From(
        chat_id=int(message["chat"]["id"]),
        user_id=int(sender["id"]),
        language_code=sender.get("language_code"),
        at=datetime.fromtimestamp(date, UTC) if date else None,
        message_id=message.get("message_id"),
    )


def _message(message: Mapping[str, Any]) -> Incoming:
    if message["chat"]["type"] != "private":
        return Group(int(message["chat"]["id"]))
    origin = _origin(message, message["from"])
    for field, read in CONTENT.items():
        if field in message:
            return read(origin, message)
    return Strange("unknown_content")


def _text(origin: From, message: Mapping[str, Any]) -> Incoming:
    text = str(message["text"])
    if not text.startswith("/"):
        return Words(origin, text)
    name, _, argument = text[1:].partition(" ")
    return Command(origin, name.partition("@")[0].casefold(), argument.strip())


def _place(origin: From, message: Mapping[str, Any]) -> Place:
    location, accuracy = message["location"], message["location"].get("horizontal_accuracy")
    return Place(
        origin,
        float(location["latitude"]),
        float(location["longitude"]),
        None if accuracy is None else float(accuracy),
        forwarded="forward_origin" in message,
        live="live_period" in location,
        venue="venue" in message,
    )


def _card(origin: From, message: Mapping[str, Any]) -> Incoming:
    contact = message["contact"]
    return Card(origin, str(contact["phone_number"]), contact.get("user_id") == origin.user_id)


def _media(kind: FileKind) -> Callable[[From, Mapping[str, Any]], Incoming]:
    def read(origin: From, message: Mapping[str, Any]) -> Incoming:
        body = next(message[field] for field in MEDIA if field in message)
        file = body[-1] if isinstance(body, list) else body
        return Media(
            origin,
            kind,
            str(file["file_id"]),
            size=file.get("file_size"),
            name=file.get("file_name"),
            caption=message.get("caption"),
            unique_ref=file.get("file_unique_id"),
            claimed=file.get("mime_type"),
            album=message.get("media_group_id"),
            answers=message.get("reply_to_message", {}).get("message_id"),
        )

    return read


def _edited(message: Mapping[str, Any]) -> Incoming:
    if message["chat"]["type"] != "private":
        return Strange("group_edit")
    origin = _origin({**message, "date": message.get("edit_date") or message.get("date")}, message["from"])
    return replace(_place(origin, message), edited=True) if "location" in message else Edited(origin)


def _tap(query: Mapping[str, Any]) -> Incoming:
    message = query["message"]
    return Tap(_origin(message, query["from"]), str(query["id"]), str(query.get("data", "")))


def _member(change: Mapping[str, Any]) -> Incoming:
    if change["chat"]["type"] != "private":
        return Strange("group_membership")
    origin = _origin(change, change["from"])
    return Blocked(origin) if change["new_chat_member"]["status"] in _GONE else Unblocked(origin)


READERS: Mapping[str, Callable[[Mapping[str, Any]], Incoming]] = {
    "message": _message,
    "callback_query": _tap,
    "edited_message": _edited,
    "my_chat_member": _member,
}
MEDIA: Mapping[str, FileKind] = {
    "photo": FileKind.PHOTO,
    "document": FileKind.DOCUMENT,
    "voice": FileKind.VOICE,
    "video": FileKind.OTHER,
    "video_note": FileKind.OTHER,
    "audio": FileKind.VOICE,
    "sticker": FileKind.OTHER,
    "animation": FileKind.OTHER,
}
CONTENT: Mapping[str, Callable[[From, Mapping[str, Any]], Incoming]] = {
    "text": _text,
    "location": _place,
    "contact": _card,
    **{field: _media(kind) for field, kind in MEDIA.items()},
}
