"""Frequency cap: so many counted contacts in a rolling or a calendar period.

Contacts that are planned count like those that were made: the new one must not make any period too full.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flows.rules.finding import ALLOWED, REFUSED, Finding, wait_until
from flows.rules.kinds.counted import KEYS, Counted, read_counted
from flows.rules.kinds.reading import Fault, mapping, whole
from flows.rules.kinds.span import Span, read_span
from flows.rules.question import Question, earliest


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `at_most` counted contacts in any `per`."""

    at_most: int
    per: Span
    counted: Counted


def read(value: Any) -> Cap:
    """Read `{at_most: 3, per: 7 days, for_each: customer, counting: delivered}`. Raises Fault."""
    given = mapping(value, ("at_most", "per"), KEYS)
    if given["at_most"] == 0:
        raise Fault("a cap of zero forbids everything: write a cease_hold or a channel_permission", "at_most")
    return Cap(whole(given, "at_most", 1), read_span(given["per"]), read_counted(given))


def judge(value: Cap, question: Question, calendars: tuple[str, ...]) -> Finding:
    """Wait until the periods have room; a slot is judged by its own day and refused."""
    near = value.counted.near(question, value.per)
    if len(near) < value.at_most or _fits(value, near, question.when, question.zone):
        return ALLOWED
    if question.is_slot:
        return REFUSED
    times = value.counted.times(question)

    def fits(at: datetime) -> bool:
        return _fits(value, times, at, question.zone)

    ends = sorted(value.per.end(one, question.zone) for one in times)
    return wait_until(earliest(question.at, ends, fits))


def _fits(value: Cap, times: list[datetime], at: datetime, zone: ZoneInfo) -> bool:
    mine = value.per.point(at, zone)
    points = sorted([mine, *(value.per.point(one, zone) for one in times)])
    runs = zip(points, points[value.at_most :], strict=False)
    return not any(first <= mine <= last and last - first < value.per.length for first, last in runs)


def within(child: Cap, parent: Cap) -> bool:
    """Is the child's cap no higher than the parent's, as far as the two can be compared?"""
    comparable = child.per == parent.per and child.counted == parent.counted
    return not comparable or child.at_most <= parent.at_most
