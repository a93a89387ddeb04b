"""Frequency cap: so many counted contacts in a rolling or a calendar period.

Contacts that are planned count like those that were made: the new one must not make any period too full.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

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
    per, zone = value.per, question.zone
    near = value.counted.near(question, per)
    if len(near) < value.at_most or _fits(value, per.points(near, zone), per.point(question.when, zone)):
        return ALLOWED
    if question.is_slot:
        return REFUSED
    times = value.counted.times(question)
    points = per.points(times, zone)

    def fits(at: datetime) -> bool:
        return _fits(value, points, per.point(at, zone))

    return wait_until(earliest(question.at, sorted(per.end(one, zone) for one in times), fits))


def _fits(value: Cap, points: list[date], mine: date) -> bool:
    """Does no run of one too many, the new one among them, lie in one stretch? `points` are in order."""
    most, place = value.at_most, bisect_left(points, mine)
    around = [*points[max(0, place - most) : place], mine, *points[place : place + most]]
    runs = zip(around, around[most:], strict=False)
    return all(last - first >= value.per.length for first, last in runs)


def within(child: Cap, parent: Cap) -> bool:
    """Is the child's cap no higher than the parent's, as far as the two can be compared?"""
    comparable = child.per == parent.per and child.counted == parent.counted
    return not comparable or child.at_most <= parent.at_most
