"""Contact window: when a customer may be contacted or visited, by their own clock and calendar.

A message is judged when it is sent, a slot by the whole visit. A time that the customer agreed to may widen the
window, or narrow it to that time alone; a rule says which.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from flows.rules.calendar import is_holiday
from flows.rules.days import changes, days_from, instants
from flows.rules.facts import AgreedTime, Facts
from flows.rules.finding import ALLOWED, REFUSED, Finding, wait_until
from flows.rules.kinds.reading import Fault, member
from flows.rules.kinds.week import DAYS, Hours, covered, hours, inside, week
from flows.rules.question import Question, earliest

_MINUTE = timedelta(minutes=1)


class Agreed(StrEnum):
    """What a time that the customer agreed to does to the window."""

    IGNORED = "ignored"
    WIDENS = "widens"
    NARROWS = "narrows"


@dataclass(frozen=True, slots=True)
class Window:
    """Allowed hours by weekday, Monday first; `holidays` the hours on public holidays, None: as the weekday."""

    week: tuple[Hours, ...]
    holidays: Hours | None
    agreed: Agreed

    def hours_on(self, day: date, calendars: tuple[str, ...]) -> Hours:
        """Return the allowed hours of a local day."""
        if self.holidays is not None and is_holiday(calendars, day):
            return self.holidays
        return self.week[day.weekday()]


def read(value: Any) -> Window:
    """Read `{mon-sat: "09:00-20:00", holidays: none, agreed_time: widens}`. Raises Fault."""
    if not isinstance(value, Mapping):
        raise Fault('write days and hours such as {mon-sat: "09:00-20:00"}')
    given = dict(value)
    agreed = member(given, "agreed_time", Agreed, Agreed.IGNORED)
    given.pop("agreed_time", None)
    on_holidays = given.pop("holidays", None)
    if not given:
        raise Fault("this window never opens: write the days and hours in which it does")
    return Window(week(given), None if on_holidays is None else hours(on_holidays), agreed)


def judge(value: Window, question: Question, calendars: tuple[str, ...]) -> Finding:
    """A slot lies inside as a whole or is refused; anything else waits until the window opens."""
    local = question.local
    if question.is_slot:
        return ALLOWED if _slot_allowed(value, question, calendars) else REFUSED
    minute = local.hour * 60 + local.minute
    if not question.facts.agreed_times or value.agreed is Agreed.IGNORED:
        if inside(value.hours_on(local.date(), calendars), minute, minute + 1):
            return ALLOWED
        return wait_until(_opening(value, question, calendars))
    if _allowed(value, question, question.at, calendars):
        return ALLOWED
    return wait_until(_opening(value, question, calendars))


def _slot_allowed(value: Window, question: Question, calendars: tuple[str, ...]) -> bool:
    starts_at, ends_at = question.action.starts_at, question.action.ends_at
    if starts_at is None or ends_at is None or ends_at < starts_at:
        return False
    agreed = any(one.starts_at <= starts_at and ends_at <= one.ends_at for one in question.facts.agreed_times)
    if agreed and value.agreed is Agreed.WIDENS:
        return True
    if not agreed and value.agreed is Agreed.NARROWS and _pending(question.facts, starts_at):
        return False
    start, end = question.local, ends_at.astimezone(question.zone)
    first = start.hour * 60 + start.minute
    wall = end.replace(tzinfo=None) - start.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    last = -(-wall // _MINUTE)
    return inside(value.hours_on(start.date(), calendars), first, max(last, first + 1))


def _allowed(value: Window, question: Question, at: datetime, calendars: tuple[str, ...]) -> bool:
    agreed = _within(question.facts.agreed_times, at)
    if value.agreed is Agreed.WIDENS and agreed:
        return True
    if value.agreed is Agreed.NARROWS and not agreed and _pending(question.facts, at):
        return False
    local = at.astimezone(question.zone)
    minute = local.hour * 60 + local.minute
    return inside(value.hours_on(local.date(), calendars), minute, minute + 1)


def _within(times: tuple[AgreedTime, ...], at: datetime) -> bool:
    return any(one.starts_at <= at < one.ends_at for one in times)


def _pending(facts: Facts, at: datetime) -> bool:
    return any(at < one.ends_at for one in facts.agreed_times)


def _opening(value: Window, question: Question, calendars: tuple[str, ...]) -> datetime | None:
    def allowed(at: datetime) -> bool:
        return _allowed(value, question, at, calendars)

    times = question.facts.agreed_times if value.agreed is not Agreed.IGNORED else ()
    bounds = sorted({bound for one in times for bound in (one.starts_at, one.ends_at)})
    found = [
        earliest(question.at, _openings(value, question, calendars), allowed),
        earliest(question.at, bounds, allowed),
    ]
    return min((one for one in found if one is not None), default=None)


def _openings(value: Window, question: Question, calendars: tuple[str, ...]) -> Iterator[datetime]:
    for day in days_from(question.at, question.zone):
        found = [
            at for opens, _ in value.hours_on(day, calendars) for at in instants(day, opens, question.zone)
        ]
        yield from sorted([*found, *changes(day, question.zone)])


def within(child: Window, parent: Window) -> bool:
    """Does the child allow nothing that the parent does not?"""
    weekdays = all(covered(child.week[day], parent.week[day]) for day in range(len(DAYS)))
    on_holidays = parent.holidays is None or (
        child.holidays is not None and covered(child.holidays, parent.holidays)
    )
    return weekdays and on_holidays and (child.agreed is not Agreed.WIDENS or parent.agreed is Agreed.WIDENS)
