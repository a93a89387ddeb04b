"""Minimum notice: how long the customer must have known before a visit, or after a notice that must come first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from flows.rules.calendar import is_holiday
from flows.rules.days import DAY, first_instant
from flows.rules.finding import ALLOWED, REFUSED, Finding, allowed_if, wait_until
from flows.rules.kinds.reading import Fault, mapping, whole
from flows.rules.question import Question

_SATURDAY, _SUNDAY = 5, 6


class Unit(StrEnum):
    """Hours by the clock; calendar, business (Monday to Friday, no holiday) or clear days by the customer's calendar.

    Clear days leave out the day of the notice, the day of the visit, Sundays and holidays.
    """

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    BUSINESS_DAYS = "business_days"
    CLEAR_DAYS = "clear_days"


@dataclass(frozen=True, slots=True)
class Notice:
    """`amount` of `unit`; `after` names the notice that must have been given, empty: the notice of the visit."""

    amount: int
    unit: Unit
    after: str


def read(value: Any) -> Notice:
    """Read `{hours: 24}` or `{business_days: 3, after: collection_start}`. Raises Fault."""
    given = mapping(value, (), ("after", *Unit))
    units = [unit for unit in Unit if unit in given]
    if len(units) != 1:
        raise Fault(f"write one of {', '.join(Unit)}")
    after = given.get("after", "")
    if not isinstance(after, str):
        raise Fault("`after`: name the notice that must have been given", "after")
    return Notice(whole(given, units[0], 0 if after else 1), units[0], after)


def judge(value: Notice, question: Question, calendars: tuple[str, ...]) -> Finding:
    """A slot that begins too soon is refused, for waiting makes it worse; after a notice one waits."""
    if value.after:
        return _judge_after(value, question, calendars)
    starts_at = question.action.starts_at
    if not question.is_slot:
        return ALLOWED
    told_at = min(question.action.told_at or question.at, question.at)
    ready = _ready(value, told_at, question.zone, calendars)
    return allowed_if(starts_at is not None and starts_at >= ready)


def _judge_after(value: Notice, question: Question, calendars: tuple[str, ...]) -> Finding:
    given = question.facts.notices.get(value.after)
    if given is None:
        return REFUSED
    ready = max(given, _ready(value, given, question.zone, calendars))
    if question.when >= ready:
        return ALLOWED
    return REFUSED if question.is_slot else wait_until(ready)


def _ready(value: Notice, given: datetime, zone: ZoneInfo, calendars: tuple[str, ...]) -> datetime:
    if value.unit is Unit.HOURS:
        return given + timedelta(hours=value.amount)
    return first_instant(_day_after(value, given.astimezone(zone).date(), calendars), zone)


def _day_after(value: Notice, given: date, calendars: tuple[str, ...]) -> date:
    """Return the first day that is far enough from that of the notice."""
    day, left = given, value.amount
    while left > 0:
        day += DAY
        left -= _counts(value.unit, day, calendars)
    return day + DAY if value.unit is Unit.CLEAR_DAYS else day


def _counts(unit: Unit, day: date, calendars: tuple[str, ...]) -> bool:
    if unit is Unit.CALENDAR_DAYS:
        return True
    free = {_SATURDAY, _SUNDAY} if unit is Unit.BUSINESS_DAYS else {_SUNDAY}
    return day.weekday() not in free and not is_holiday(calendars, day)


def within(child: Notice, parent: Notice) -> bool:
    """Is the child's notice no shorter, as far as the two can be compared?"""
    return (child.unit, child.after) != (parent.unit, parent.after) or child.amount >= parent.amount
