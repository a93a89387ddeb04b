"""What the services want to say, as calls of the Bot API: pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape, unescape
from typing import Any

from bot.service.inbound.reference import prompt_data
from bot.service.outbound.outgoing import Call
from bot.service.outbound.ports import Button
from flows.engine import Option, SendPrompt

MAX_TEXT = 4096  # characters of a message
PERMANENT_COLUMNS = 3
_TAG = re.compile(r"<[^<>]*>")
_DONE, _LEFT = "▪", "▫"
_COMMON = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


class TelegramCalls:
    """Fits `bot.service.outbound.ports.Calls`."""

    def escape(self, words: str) -> str:
        """Make somebody's words safe to stand in html."""
        return escape(words, quote=False)

    def aloud(self, html: str) -> str:
        """Mark a line that is to be said word for word."""
        return f"🗣 <b>{html}</b>"

    def say(self, chat_id: int, html: str) -> Call:
        """Send a text; an open reply keyboard goes away."""
        return _message(chat_id, html, {"remove_keyboard": True})

    def ask(
        self,
        chat_id: int,
        html: str,
        prompt: SendPrompt,
        labels: Mapping[str, str],
        session_id: int,
        edit: int | None = None,
    ) -> Call:
        """Send a prompt with its options, or put it in place of message `edit`."""
        text = f"{_progress(prompt.progress)}{html}"
        keyboard = _inline(prompt, labels, session_id)
        return _message(chat_id, text, keyboard, edit)

    def close(self, chat_id: int, message_id: int) -> Call:
        """Take a prompt's buttons away."""
        return Call("editMessageReplyMarkup", {"chat_id": chat_id, "message_id": message_id})

    def edit(self, chat_id: int, message_id: int, html: str) -> Call:
        """Put a text in place of an earlier one."""
        payload = {"chat_id": chat_id, "message_id": message_id, "text": _fit(html), **_COMMON}
        return Call("editMessageText", payload)

    def answer(self, query_id: str, text: str = "") -> Call:
        """Answer a tap, silently or with a short notice."""
        payload: dict[str, Any] = {"callback_query_id": query_id}
        return Call("answerCallbackQuery", payload | ({"text": text[:200]} if text else {}))

    def menu(
        self, chat_id: int, html: str, rows: Sequence[Sequence[Button]], edit: int | None = None
    ) -> Call:
        """Send a text with action buttons, or put it in place of message `edit`."""
        buttons = [[{"text": label, "callback_data": data} for label, data in row] for row in rows]
        return _message(chat_id, html, {"inline_keyboard": buttons}, edit)

    def quietly(self, call: Call) -> Call:
        """Let a message come without a sound."""
        return replace(call, payload={**call.payload, "disable_notification": True})

    def photo(self, chat_id: int, content: bytes, html: str) -> Call:
        """Send a picture with a caption."""
        payload = {"chat_id": chat_id, "caption": html, "parse_mode": "HTML"}
        return Call("sendPhoto", payload, {"photo": ("picture.png", content)})

    def document(self, chat_id: int, name: str, content: bytes, html: str) -> Call:
        """Send a file with a caption."""
        payload = {"chat_id": chat_id, "caption": html, "parse_mode": "HTML"}
        return Call("sendDocument", payload, {"document": (name, content)})

    def original(self, chat_id: int, name: str, evidence_id: int, html: str) -> Call:
        """Send the original of a piece of evidence, as the file that it is."""
        payload = {"chat_id": chat_id, "caption": html, "parse_mode": "HTML"}
        typed = {"disable_content_type_detection": True}
        return Call("sendDocument", payload | typed, original=("document", name, evidence_id))

    def venue(self, chat_id: int, latitude: float, longitude: float, title: str, address: str) -> Call:
        """Send a map pin."""
        place = {"latitude": latitude, "longitude": longitude}
        return Call("sendVenue", {"chat_id": chat_id, **place, "title": title, "address": address})


def _message(chat_id: int, html: str, markup: Mapping[str, Any], edit: int | None = None) -> Call:
    payload = {"chat_id": chat_id, "text": _fit(html), **_COMMON, "reply_markup": markup}
    if edit is None:
        return Call("sendMessage", payload)
    return Call("editMessageText", payload | {"message_id": edit})


def _fit(html: str) -> str:
    """Cut what is too long to words without marks: half a tag or entity would make Telegram refuse it all."""
    if len(html) <= MAX_TEXT or len(unescape(_TAG.sub("", html))) <= MAX_TEXT:
        return html
    words = unescape(_TAG.sub("", html))[: MAX_TEXT - 1]
    return f"{escape(words, quote=False)}…"


def _progress(progress: tuple[int, int] | None) -> str:
    if progress is None:
        return ""
    this, of_all = progress
    return f"{this}/{of_all} {_DONE * this}{_LEFT * (of_all - this)}\n"


def _inline(prompt: SendPrompt, labels: Mapping[str, str], session_id: int) -> dict[str, Any]:
    """Return the keyboard: the options in their columns, Back and what is always there in rows of their own."""
    own = [option for option in prompt.options if not option.permanent]
    always = [option for option in prompt.options if option.permanent]
    rows = [*_rows(own, prompt.columns), *_rows(always, PERMANENT_COLUMNS)]
    keyboard = [[_button(option, labels, session_id, prompt.prompt_no) for option in row] for row in rows]
    return {"inline_keyboard": keyboard}


def _rows(options: Sequence[Option], columns: int) -> Iterator[Sequence[Option]]:
    for start in range(0, len(options), columns):
        yield options[start : start + columns]


def _button(option: Option, labels: Mapping[str, str], session_id: int, prompt_no: int) -> dict[str, str]:
    button = {
        "text": labels[option.id],
        "callback_data": prompt_data(session_id, prompt_no, option.id),
    }
    return button | ({"style": option.style} if option.style else {})
