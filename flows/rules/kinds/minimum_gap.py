"""Minimum gap: so long between one counted contact and the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flows.rules.finding import ALLOWED, REFUSED, Finding, wait_until
from flows.rules.kinds.counted import KEYS, Counted, read_counted
from flows.rules.kinds.reading import Fault, mapping, whole
from flows.rules.kinds.span import Span, by_clock, by_days
from flows.rules.question import Question, earliest

UNITS = ("hours", "days", "consecutive_days")


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing within `length` of a counted contact, made or planned."""

    length: Span
    counted: Counted


def read_length(given: Mapping[str, Any]) -> Span:
    """Read one of `hours`, `days` and `consecutive_days`. Raises Fault when there are none or several."""
    units = [unit for unit in UNITS if unit in given]
    if len(units) != 1:
        raise Fault(f"write one of {', '.join(UNITS)}")
    number = whole(given, units[0], 1)
    if units[0] == "consecutive_days":
        return by_days(number)
    return by_clock(timedelta(**{units[0]: number}))


def read(value: Any) -> Gap:
    """Read `{days: 7, counting: contacts, channels: [phone], for_each: debt}`. Raises Fault.

    `consecutive_days` in place of `days` counts local days, that of the contact as the first.
    """
    given = mapping(value, (), (*UNITS, *KEYS))
    return Gap(read_length(given), read_counted(given))


def judge(value: Gap, question: Question, calendars: tuple[str, ...]) -> Finding:
    """Wait until the gap has passed; a slot is judged by its own beginning and refused."""
    length, zone = value.length, question.zone

    def clear(times: list[datetime], at: datetime) -> bool:
        mine = length.point(at, zone)
        return all(abs(mine - length.point(one, zone)) >= length.length for one in times)

    if clear(value.counted.near(question, length), question.when):
        return ALLOWED
    if question.is_slot:
        return REFUSED
    times = value.counted.times(question)
    ends = sorted(length.end(one, zone) for one in times)
    return wait_until(earliest(question.at, ends, lambda at: clear(times, at)))


def within(child: Gap, parent: Gap) -> bool:
    """Is the child's gap no shorter, as far as the two can be compared?"""
    comparable = child.counted == parent.counted and child.length.by is parent.length.by
    return not comparable or child.length.length >= parent.length.length
