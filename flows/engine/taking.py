"""Whether an input answers the open question, and as which value: one small function for each kind.

A value is plain JSON: a text, a number, an ISO date, or a mapping of such.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from flows.engine.events import ContactShared, FileSent, LocationShared, TextSent
from flows.engine.numbers import read_number
from flows.engine.options import offered
from flows.script.model import Ask, InputKind

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
MAX_TEXT = 4000  # characters, where the question sets no maximum of its own

Input = TextSent | LocationShared | FileSent | ContactShared

WANTS: Mapping[InputKind, tuple[type, str]] = {
    InputKind.TEXT: (TextSent, "wants_text"),
    InputKind.NUMBER: (TextSent, "wants_number"),
    InputKind.DATE: (TextSent, "wants_date"),
    InputKind.LOCATION: (LocationShared, "wants_location"),
    InputKind.FILE: (FileSent, "wants_file"),
    InputKind.CONTACT: (ContactShared, "wants_contact"),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """The input is no answer, for a `reason` that the shell has words for."""

    reason: str


def take(ask: Ask, given: Input, values: Mapping[str, object]) -> object:
    """Return the value that `given` answers `ask` with, or `Refused`."""
    wanted, reason = WANTS.get(ask.input, (None, "wants_choice"))
    if wanted is None and isinstance(given, TextSent) and read_number(given.text) is not None:
        return Refused("no_amount")
    if wanted is None or not isinstance(given, wanted):
        return Refused(reason)
    return TAKERS[ask.input](ask, given, values)


def _text(ask: Ask, given: TextSent, _: Mapping[str, object]) -> object:
    text = given.text.strip()
    if not text:
        return Refused("wants_text")
    if len(text) > (MAX_TEXT if ask.maximum is None else ask.maximum):
        return Refused("too_long")
    return Refused("too_short") if ask.minimum is not None and len(text) < ask.minimum else text


def _number(ask: Ask, given: TextSent, _: Mapping[str, object]) -> object:
    number = read_number(given.text)
    if number is None:
        return Refused("wants_number")
    if ask.minimum is not None and number < ask.minimum:
        return Refused("too_small")
    return Refused("too_large") if ask.maximum is not None and number > ask.maximum else number


def _date(ask: Ask, given: TextSent, values: Mapping[str, object]) -> object:
    """Only a day on offer is taken where days are offered."""
    parts = _DAY.fullmatch(given.text.strip())
    try:
        day = date(*map(int, parts.groups())).isoformat() if parts else ""
    except ValueError:
        day = ""
    if not day:
        return Refused("wants_date")
    if ask.choices_from is None or any(option.value == day for option in offered(ask, values)):
        return day
    return Refused("wants_choice")


def _location(_: Ask, given: LocationShared, __: Mapping[str, object]) -> object:
    accuracy = given.accuracy if given.accuracy is None or isfinite(given.accuracy) else None
    if abs(given.latitude) <= 90 and abs(given.longitude) <= 180:  # noqa: PLR2004 - WGS 84
        return {"latitude": given.latitude, "longitude": given.longitude, "accuracy": accuracy}
    return Refused("wants_location")


def _file(_: Ask, given: FileSent, __: Mapping[str, object]) -> object:
    return {"kind": str(given.kind), "file_ref": given.file_ref}


def _contact(_: Ask, given: ContactShared, __: Mapping[str, object]) -> object:
    return {"phone": given.phone, "own": given.own}


TAKERS: Mapping[InputKind, Callable[[Ask, Any, Mapping[str, object]], object]] = {
    InputKind.TEXT: _text,
    InputKind.NUMBER: _number,
    InputKind.DATE: _date,
    InputKind.LOCATION: _location,
    InputKind.FILE: _file,
    InputKind.CONTACT: _contact,
}
