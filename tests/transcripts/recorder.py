"""Writes down what happens on every phone of a town, as a compliance officer would read it."""

import base64
from collections.abc import Mapping
from typing import Any

from bot.sandbox.world import Message
from tests.service.conftest import Town


class Recorder:
    """Does things on phones and notes each deed with all that came of it, in the order of the chats."""

    def __init__(self, town: Town, names: Mapping[int, str]) -> None:
        self._town, self._names = town, names
        self._seen: dict[int, list[tuple[str, tuple[str, ...]]]] = {chat_id: [] for chat_id in names}
        self.lines: list[str] = []

    def heading(self, words: str) -> None:
        """Begin a scene."""
        self.lines += ["", f"== {words}"]

    async def says(self, chat_id: int, text: str) -> None:
        """Write something."""
        self.lines.append(f"\n{self._names[chat_id]} writes: {text}")
        await self._town.says(chat_id, text)
        self.look()

    async def taps(self, chat_id: int, option: str) -> None:
        """Tap the newest button of an option or action."""
        message, data = self._town.button(chat_id, option)
        label = next(one["text"] for one in message.buttons() if one["callback_data"] == data)
        self.lines.append(f"\n{self._names[chat_id]} taps: [{label}]")
        notices = self._town.chat(chat_id).notices
        before = len(notices)
        await self._town.taps(chat_id, option)
        self.lines += [f"  → {self._names[chat_id]} (notice) {one}" for one in notices[before:]]
        self.look()

    async def shares(self, chat_id: int, *, data: bytes = b"", **content: Any) -> None:
        """Send a place or a file, told by its kind as the Bot API names it."""
        self.lines.append(f"\n{self._names[chat_id]} sends: ({', '.join(content)})")
        await self._town.does(chat_id, "share", content=content, data=base64.b64encode(data).decode())
        self.look()

    async def jumps(self, **by: float) -> None:
        """Let time pass."""
        self.lines.append(f"\n-- {', '.join(_span(unit, count) for unit, count in by.items())} later")
        await self._town.jump(**by)
        self.look()

    def look(self) -> None:
        """Note every message that is new or was changed."""
        for chat_id, name in self._names.items():
            seen, messages = self._seen[chat_id], [m for m in self._town.chat(chat_id).messages if m.by_bot]
            for place, message in enumerate(messages):
                now = shown(message)
                if place >= len(seen):
                    seen.append(now)
                    self._note(name, now)
                elif seen[place] != now:
                    answered = seen[place][0] == now[0] and not now[1]
                    seen[place] = now
                    if answered:
                        self.lines.append(f"  → {name} (buttons gone)")
                    else:
                        self._note(f"{name} (message changed)", now)

    def skip(self) -> None:
        """Leave out what has happened so far."""
        kept = list(self.lines)
        self.look()
        self.lines = kept

    def _note(self, name: str, now: tuple[str, tuple[str, ...]]) -> None:
        text, buttons = now
        self.lines.append(f"  → {name}")
        self.lines += [f"      {line}".rstrip() for line in text.splitlines()]
        if buttons:
            self.lines.append(f"      [ {' | '.join(buttons)} ]")


def shown(message: Message) -> tuple[str, tuple[str, ...]]:
    """Return what a person sees of a message: text or the kind of file, and its buttons."""
    files: dict[str, Any] = {
        kind: message.content[kind] for kind in ("photo", "document") if kind in message.content
    }
    what = "".join(f"({kind}) " for kind in files)
    return what + message.shown, tuple(button["text"] for button in message.buttons())


def _span(unit: str, count: float) -> str:
    return f"{count:g} {unit.removesuffix('s') if count == 1 else unit}"
