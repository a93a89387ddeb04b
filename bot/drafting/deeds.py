"""What one does in a play: a line by its first sign, in one table."""

import base64
import mimetypes
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

import orjson

from bot.drafting.values import values_of
from bot.errors import InputRefused

if TYPE_CHECKING:
    from bot.drafting.play import Play

HELP = """\
[Label], [id] or #2 taps a button; +2h lets time pass (m, h, d, w); !name is a signal from outside;
@51.5,-0.1 sends a place, ^photo.jpg a file;
=deed outcome name=value says what that deed comes to from now on, without doing it; ? shows the variables;
anything else is typed (\\ before it if it begins with one of these signs). An empty line ends it."""
HEADS = {
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "application/pdf": b"%PDF-1.7\n",
}  # how such a file begins
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SPAN = re.compile(r"\+(\d+)([mhdw])")
Deed = Callable[["Play", str], Awaitable[None]]


async def _tap(play: "Play", line: str) -> None:
    message, data = play.button(line)
    await play.rehearsal.does(play.chat_id, "tap", message_id=message.message_id, data=data)


async def _wait(play: "Play", line: str) -> None:
    match = _SPAN.fullmatch(line)
    if match is None:
        raise InputRefused("Write how much time passes as +30m, +2h, +3d or +1w.")
    await play.rehearsal.jump(**{_UNITS[match[2]]: int(match[1])})


async def _signal(play: "Play", line: str) -> None:
    await play.signal(line.removeprefix("!"))


async def _outcome(play: "Play", line: str) -> None:
    deed, *rest = line.removeprefix("=").split()
    if not rest:
        play.pretended.pop(deed, None)
        return
    outcome, *values = rest
    play.pretended[deed] = (outcome, values_of(values))


async def _place(play: "Play", line: str) -> None:
    latitude, _, longitude = line.removeprefix("@").partition(",")
    try:
        place = {"latitude": float(latitude), "longitude": float(longitude)}
    except ValueError:
        raise InputRefused("Write a place as @51.5,-0.1: latitude, longitude.") from None
    await play.rehearsal.does(play.chat_id, "share", content={"location": place}, data="")


async def _file(play: "Play", line: str) -> None:
    name = line.removeprefix("^")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    data = HEADS.get(kind, b"") + name.encode() * 100
    file = {
        "file_id": name,
        "file_unique_id": name,
        "file_size": len(data),
        "file_name": name,
        "mime_type": kind,
    }
    content = {"photo": [file]} if kind.startswith("image/") else {"document": file}
    await play.rehearsal.does(play.chat_id, "share", content=content, data=base64.b64encode(data).decode())


async def _variables(play: "Play", _: str) -> None:
    for name, value in (play.talk.session.values if play.talk else {}).items():
        play.write(f"   {name} = {orjson.dumps(value).decode()}")


async def types(play: "Play", line: str) -> None:
    """Write something."""
    await play.rehearsal.says(play.chat_id, line.removeprefix("\\"))


DEEDS: Mapping[str, Deed] = {
    "[": _tap,
    "#": _tap,
    "+": _wait,
    "!": _signal,
    "=": _outcome,
    "@": _place,
    "^": _file,
    "?": _variables,
}
