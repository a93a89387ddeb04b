"""Frequency cap: so many counted contacts in a rolling or a calendar period.

Contacts that are planned count like those that were made: the new one must not make any period too full.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from flows.rules.days import DAY, first_instant
from flows.rules.finding import ALLOWED, REFUSED, Finding, wait_until
from flows.rules.kinds.counted import KEYS, Counted, read_counted
from flows.rules.kinds.reading import Fault, mapping, whole
from flows.rules.question import Question, earliest

_ROLLING = re.compile(r"([1-9]\d{0,3}) (hours|days)")
_WEEK, _LATE = 7, 32


class Calendar(StrEnum):
    """A calendar period by the customer's clock; a week begins on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `at_most` counted contacts in any `per`."""

    at_most: int
    per: timedelta | Calendar
    counted: Counted


def read(value: Any) -> Cap:
    """Read `{at_most: 3, per: 7 days, for_each: customer, counting: delivered}`. Raises Fault."""
    given = mapping(value, ("at_most", "per"), KEYS)
    if given["at_most"] == 0:
        raise Fault("a cap of zero forbids everything: write a cease_hold or a channel_permission", "at_most")
    return Cap(whole(given, "at_most", 1), _period(given["per"]), read_counted(given))


def _period(text: Any) -> timedelta | Calendar:
    if text in set(Calendar):
        return Calendar(text)
    match = _ROLLING.fullmatch(str(text))
    if match is None:
        raise Fault(f"`per`: write day, week, month, or a rolling period such as 7 days, not {text}", "per")
    return timedelta(**{match[2]: int(match[1])})


def judge(value: Cap, question: Question, calendars: tuple[str, ...]) -> Finding:
    """Wait until the periods have room; a slot is judged by its own day and refused."""
    times = value.counted.times(question.action, question.facts)
    if len(times) < value.at_most or _fits(value, times, question.when, question.zone):
        return ALLOWED
    if question.is_slot:
        return REFUSED

    def fits(at: datetime) -> bool:
        return _fits(value, times, at, question.zone)

    return wait_until(earliest(question.at, sorted(_candidates(value, times, question.zone)), fits))


def _fits(value: Cap, times: list[datetime], at: datetime, zone: ZoneInfo) -> bool:
    if isinstance(value.per, Calendar):
        period = _begin(value.per, at.astimezone(zone).date())
        same = sum(_begin(value.per, one.astimezone(zone).date()) == period for one in times)
        return same < value.at_most
    together = sorted([*times, at])
    runs = zip(together, together[value.at_most :], strict=False)
    return not any(first <= at <= last and last - first < value.per for first, last in runs)


def _candidates(value: Cap, times: list[datetime], zone: ZoneInfo) -> Iterator[datetime]:
    for one in times:
        if isinstance(value.per, timedelta):
            yield one + value.per
        else:
            yield first_instant(_next(value.per, one.astimezone(zone).date()), zone)


def _begin(per: Calendar, day: date) -> date:
    if per is Calendar.DAY:
        return day
    return day - DAY * day.weekday() if per is Calendar.WEEK else day.replace(day=1)


def _next(per: Calendar, day: date) -> date:
    begin = _begin(per, day)
    if per is Calendar.MONTH:
        return (begin + DAY * _LATE).replace(day=1)
    return begin + DAY * (1 if per is Calendar.DAY else _WEEK)


def within(child: Cap, parent: Cap) -> bool:
    """Is the child's cap no higher than the parent's, as far as the two can be compared?"""
    comparable = child.per == parent.per and child.counted == parent.counted
    return not comparable or child.at_most <= parent.at_most
