"""A stretch of time in which contacts are counted: by the clock, by local days, or a week or month of the calendar."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from flows.rules.days import DAY, first_instant
from flows.rules.kinds.reading import Fault

_ROLLING = re.compile(r"([1-9]\d{0,3}) (hours|days|consecutive days)")
_WEEK, _LATE = 7 * DAY, 32 * DAY


class By(StrEnum):
    """The clock, to the second; the customer's local day; their calendar week from Monday; their calendar month."""

    CLOCK = "clock"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Span:
    """Two instants lie in one stretch when their points are less than `length` apart."""

    by: By
    length: timedelta

    def point(self, at: datetime, zone: ZoneInfo) -> date:
        """Return what is compared: the instant, its local day, or the first day of its week or month."""
        if self.by is By.CLOCK:
            return at
        day = at.astimezone(zone).date()
        if self.by is By.WEEK:
            return day - DAY * day.weekday()
        return day if self.by is By.DAY else day.replace(day=1)

    def points(self, times: Iterable[datetime], zone: ZoneInfo) -> list[date]:
        """Return the points of some instants, in order."""
        return sorted(self.point(one, zone) for one in times)

    def end(self, at: datetime, zone: ZoneInfo) -> datetime:
        """Return the first instant that no longer lies in one stretch with `at`."""
        if self.by is By.CLOCK:
            return at + self.length
        first = self.point(at, zone)
        if self.by is By.MONTH:
            return first_instant((first + _LATE).replace(day=1), zone)
        return first_instant(first + (_WEEK if self.by is By.WEEK else self.length), zone)

    @property
    def reach(self) -> timedelta:
        """How far from an instant another may be and still lie in one stretch with it, at the most."""
        return {By.CLOCK: self.length, By.DAY: self.length + DAY, By.WEEK: _WEEK + DAY, By.MONTH: _LATE}[
            self.by
        ]


def by_clock(length: timedelta) -> Span:
    """Return the stretch of that length by the clock."""
    return Span(By.CLOCK, length)


def by_days(number: int) -> Span:
    """Return so many consecutive local days, the first of them counted."""
    return Span(By.DAY, DAY * number)


def read_span(text: Any) -> Span:
    """Read `day`, `week`, `month`, or `26 hours`, `7 days`, `7 consecutive days`. Raises Fault."""
    if text in (By.DAY, By.WEEK, By.MONTH):
        return Span(By(text), DAY)
    match = _ROLLING.fullmatch(str(text))
    if match is None:
        raise Fault(f"`per`: write day, week, month, or a rolling period such as 7 days, not {text}", "per")
    number, unit = int(match[1]), match[2]
    return by_days(number) if unit == "consecutive days" else by_clock(timedelta(**{unit: number}))
