"""What was played in the room, as a transcript: who did what when, and what each phone then showed.

Played again on the same cases it reads the same. The two digits of a visit code differ each time: they are masked, and
whoever typed them types what the other phone shows.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from bot.errors import InputRefused
from bot.sandbox.interview import CODE, halves
from bot.sandbox.world import Message, World
from bot.text_file import text_of

DID, BEFORE = "▶", "▷"  # what is shown with all that came of it, and what came before the recording
HEAD = "# Recorded in `doorstep demo`. Play it again with: doorstep demo --replay FILE"
TYPED_CODE = re.compile(r"\d\d")
_DEED = re.compile(rf"([{DID}{BEFORE}]) (\S+) (\d+) (\w+) (.*)")


class Done(NamedTuple):
    """Something done on a phone: at which rehearsed instant (aware UTC), in whose chat, what, and with what."""

    at: datetime
    chat_id: int
    deed: str
    given: Mapping[str, Any]
    shown: bool = True


class Said(NamedTuple):
    """Something that a phone then showed."""

    chat_id: int
    text: str
    buttons: Sequence[str]


class Recording:
    """Listens to every phone from the rising of the curtain on; `begin` says from where on it is shown."""

    def __init__(self, world: World, now: Callable[[], datetime], played: Sequence[Done] = ()) -> None:
        self._world, self._now = world, now
        self._entries: list[Done | Said] = list(played)
        self._from: int | None = None

    @property
    def on(self) -> bool:
        """Is it being recorded?"""
        return self._from is not None

    @property
    def played(self) -> list[Done]:
        """All that was done since the curtain rose."""
        return [one for one in self._entries if isinstance(one, Done)]

    def listen(self) -> None:
        """Begin to listen."""
        self._world.on_message = self._heard
        self._world.on_deed = self._did

    def begin(self) -> None:
        """Show what is done from now on."""
        self._from = len(self._entries)

    def note(self, done: Done) -> None:
        """Take down something that is done without a phone of its own."""
        self._entries.append(done)

    def transcript(self) -> str:
        """Return what was recorded, and record no more. Raises `InputRefused` when nothing was."""
        if self._from is None or not any(isinstance(one, Done) for one in self._entries[self._from :]):
            raise InputRefused(
                "Nothing was recorded yet: start recording, do something on a phone, then save."
            )
        before = [one._replace(shown=False) for one in self._entries[: self._from] if isinstance(one, Done)]
        text = written([*before, *self._entries[self._from :]])
        self._from = None
        return text

    def _heard(self, message: Message) -> None:
        labels = [button["text"] for button in message.buttons()]
        self._entries.append(Said(message.chat_id, message.shown or "(file)", labels))

    def _did(self, chat_id: int, deed: str, given: Mapping[str, Any]) -> None:
        kept = {name: value for name, value in given.items() if name != "data" or deed == "tap"}
        if deed == "tap":
            kept = {"option": option_of(str(given["data"]))}
        elif (
            deed == "say"
            and TYPED_CODE.fullmatch(str(given["text"]))
            and (shows := self._who_shows(given["text"]))
        ):
            deed, kept = "code", {"of": shows}
        self._entries.append(Done(self._now(), chat_id, deed, kept))

    def _who_shows(self, digits: str) -> int | None:
        """Return whose phone shows these two digits as its half of a visit code."""
        return next(
            (chat_id for chat_id in self._world.chats if code_on(self._world, chat_id) == digits), None
        )


def option_of(data: str) -> str:
    """Return what a button stands for: the option of a question, or the action, without what differs each time."""
    head, _, last = data.rpartition(":")
    return head.partition(":")[0] if head and (last.isdigit() or not last) else last


def code_on(world: World, chat_id: int) -> str | None:
    """Return the half of a visit code that a phone shows."""
    for message in reversed(world.chat(chat_id).messages):
        if message.by_bot and (found := halves(message.shown)):
            return found[-1]
    return None


def written(entries: Sequence[Done | Said]) -> str:
    """Return a transcript: what came of one deed is told phone by phone, since phones ring in any order."""
    lines, said = [HEAD, ""], list[Said]()
    for one in entries:
        if isinstance(one, Said):
            said.append(one)
            continue
        lines += _told(said)
        said.clear()
        given = orjson.dumps(one.given).decode()
        lines.append(f"{DID if one.shown else BEFORE} {one.at.isoformat()} {one.chat_id} {one.deed} {given}")
    return "\n".join([*lines, *_told(said), ""])


def _told(said: Sequence[Said]) -> Iterator[str]:
    for one in sorted(said, key=lambda some: some.chat_id):
        first, *others = CODE.sub(" ··", one.text).splitlines() or [""]
        yield f"◀ {one.chat_id}  {first}".rstrip()
        yield from (f"     {line}".rstrip() for line in others)
        if one.buttons:
            yield f"     [{' | '.join(one.buttons)}]"


def read(file: Path) -> list[Done]:
    """Return what was done in a transcript. Raises `InputRefused` for what is none."""
    found = [match for line in text_of(file).splitlines() if (match := _DEED.fullmatch(line))]
    if not found:
        raise InputRefused(f"{file} is no transcript of the demo: nobody does anything in it.")
    return [
        Done(datetime.fromisoformat(one[2]), int(one[3]), one[4], orjson.loads(one[5]), one[1] == DID)
        for one in found
    ]
