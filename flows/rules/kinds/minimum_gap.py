"""Minimum gap: so long between one counted contact and the next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flows.rules.finding import ALLOWED, REFUSED, Finding, wait_until
from flows.rules.kinds.counted import KEYS, Counted, read_counted
from flows.rules.kinds.reading import Fault, mapping, whole
from flows.rules.question import Question, earliest


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing within `length` of a counted contact, made or planned."""

    length: timedelta
    counted: Counted


def read_length(given: Any) -> timedelta:
    """Read `hours` or `days`. Raises Fault when neither or both are there."""
    if ("hours" in given) == ("days" in given):
        raise Fault("write either `hours` or `days`")
    unit = "hours" if "hours" in given else "days"
    return timedelta(**{unit: whole(given, unit, 1)})


def read(value: Any) -> Gap:
    """Read `{days: 7, counting: contacts, channels: [phone], for_each: debt}`. Raises Fault."""
    given = mapping(value, (), ("hours", "days", *KEYS))
    return Gap(read_length(given), read_counted(given))


def judge(value: Gap, question: Question, calendars: tuple[str, ...]) -> Finding:
    """Wait until the gap has passed; a slot is judged by its own beginning and refused."""
    times = value.counted.times(question.action, question.facts)

    def clear(at: datetime) -> bool:
        return all(abs(at - one) >= value.length for one in times)

    if clear(question.when):
        return ALLOWED
    if question.is_slot:
        return REFUSED
    return wait_until(earliest(question.at, (one + value.length for one in times), clear))


def within(child: Gap, parent: Gap) -> bool:
    """Is the child's gap no shorter, as far as the two can be compared?"""
    return child.counted != parent.counted or child.length >= parent.length
