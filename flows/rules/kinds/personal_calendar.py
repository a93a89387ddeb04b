"""Personal calendar: the hours that the customer barred, and those in which they are known to be up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flows.rules.days import changes, days_from, instants
from flows.rules.facts import Facts, WeeklyTime
from flows.rules.finding import ALLOWED, REFUSED, Finding, wait_until
from flows.rules.kinds.reading import Fault, mapping, whole, words
from flows.rules.kinds.week import MIDNIGHT, Hours, inside
from flows.rules.question import Question, earliest

_KNOWN = frozenset({"barred_times", "own_hours"})


@dataclass(frozen=True, slots=True)
class Respect:
    """Which of the two are respected; `hours_per_week`: how many the customer may bar by right, 0: unsaid."""

    barred: bool
    own: bool
    hours_per_week: int


def read(value: Any) -> Respect:
    """Read `{respect: [barred_times, own_hours], hours_per_week: 28}`. Raises Fault."""
    given = mapping(value, ("respect",), ("hours_per_week",))
    respected = words(given["respect"], "respect")
    if not respected <= _KNOWN:
        raise Fault(f"write a list of {', '.join(sorted(_KNOWN))}", "respect")
    return Respect(
        "barred_times" in respected, "own_hours" in respected, whole(given, "hours_per_week", 0, 0)
    )


def judge(value: Respect, question: Question, calendars: tuple[str, ...]) -> Finding:
    """Wait for an hour that suits; a slot that touches one that does not is refused."""
    facts = question.facts
    if not (value.barred and facts.barred_times) and not (value.own and facts.own_hours):
        return ALLOWED
    ends_at = question.action.ends_at if question.is_slot else None
    length = max(ends_at - question.when, timedelta(minutes=1)) if ends_at else timedelta(minutes=1)
    if _suits(value, facts, question.local, length):
        return ALLOWED
    if question.is_slot:
        return REFUSED

    def suits(at: datetime) -> bool:
        return _suits(value, facts, at.astimezone(question.zone), length)

    return wait_until(earliest(question.at, _bounds(value, question), suits))


def _suits(value: Respect, facts: Facts, local: datetime, length: timedelta) -> bool:
    first = local.hour * 60 + local.minute
    last = first + -(-length // timedelta(minutes=1))
    if value.barred and any(
        first < closes and opens < last for opens, closes in _hours(facts.barred_times, local)
    ):
        return False
    return not value.own or not facts.own_hours or inside(_hours(facts.own_hours, local), first, last)


def _hours(times: tuple[WeeklyTime, ...], local: datetime) -> Hours:
    return tuple(
        (_minute(one.opens), _minute(one.closes) or MIDNIGHT)
        for one in times
        if one.weekday == local.weekday()
    )


def _minute(one: time) -> int:
    return one.hour * 60 + one.minute


def _bounds(value: Respect, question: Question) -> Iterator[datetime]:
    """Yield when barred hours end and own hours begin, and when the clock changes, in order."""
    facts, zone = question.facts, question.zone
    ends = facts.barred_times if value.barred else ()
    begins = facts.own_hours if value.own else ()
    for day in days_from(question.at, zone):
        minutes = {_minute(one.closes) or MIDNIGHT for one in ends if one.weekday == day.weekday()}
        minutes |= {_minute(one.opens) for one in begins if one.weekday == day.weekday()}
        found = [at for minute in minutes for at in instants(day, minute, zone)]
        yield from sorted([*found, *changes(day, zone)])
