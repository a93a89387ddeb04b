"""What is asked of the naive judge, minute by minute, and the holidays of a place."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

from flows.rules import Action, Facts

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Case(NamedTuple):
    """What is asked, and where; a visit is judged for when it begins, all else for now."""

    action: Action
    facts: Facts
    at: datetime
    when: datetime
    zone: ZoneInfo
    calendars: tuple[str, ...]

    def day(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def minutes(self) -> Iterator[datetime]:
        """Every minute of the visit, and its very end; of all else the minute at hand."""
        end = self.action.ends_at if self.action.kind == "visit_slot" else None
        yield self.when.astimezone(self.zone)
        if end is not None and end > self.when:
            minute = self.when
            while (minute := minute + MINUTE) < end:
                yield minute.astimezone(self.zone)
            yield (end - timedelta(microseconds=1)).astimezone(self.zone)


@cache
def is_holiday(calendars: tuple[str, ...], day: date) -> bool:
    return any(day in _calendar(name) for name in calendars)


@cache
def _calendar(name: str) -> holidays.HolidayBase:
    country, _, state = name.partition("-")
    return holidays.country_holidays(country, subdiv=state or None, years=range(2024, 2032))


def agreed_to(case: Case, what: str) -> bool:
    return any(
        one.to == what and one.since <= case.at and (one.until is None or case.at < one.until)
        for one in case.facts.consents
    )
