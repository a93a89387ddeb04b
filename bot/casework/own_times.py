"""The hours of the week that do not suit somebody: read, added to, held against an appointment. Pure.

Minutes count from local midnight; a day ends at 1440. Monday is 0.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

MIDNIGHT = 24 * 60
_HOUR = 60
_DAYS = 7
_SPAN = re.compile(
    r"(\d{1,2})(?:[:.点點时時](\d{2})?)?分?\s*(?:-|–|—|~|～|至|到|to|bis)\s*(\d{1,2})(?:[:.点點时時](\d{2})?)?分?"
)


class Barred(NamedTuple):
    """Hours of one weekday; `closes` is exclusive."""

    weekday: int
    opens: int
    closes: int


def read_hours(text: str) -> tuple[int, int] | None:
    """Read `14:00-16:30`, `9 to 12` or `22点到6点` as minutes from and to; None when it is no span of time.

    Where the second is not after the first, it is the next day's.
    """
    found = _SPAN.fullmatch(text.replace("：", ":").strip().lower())
    if found is None:
        return None
    opens = int(found[1]) * _HOUR + int(found[2] or 0)
    closes = int(found[3]) * _HOUR + int(found[4] or 0)
    right = all(int(minute or 0) < _HOUR for minute in (found[2], found[4]))
    return (opens, closes) if right and opens < MIDNIGHT and closes <= MIDNIGHT and opens != closes else None


def bar(known: Iterable[Barred], weekdays: Iterable[int], opens: int, closes: int) -> list[Barred]:
    """Add hours to each of some weekdays; what touches is joined, what goes over midnight ends on the next day."""
    added = list(known)
    for day in weekdays:
        if opens < closes:
            added.append(Barred(day, opens, closes))
        else:
            added += [Barred(day, opens, MIDNIGHT), Barred((day + 1) % _DAYS, 0, closes)]
    return _joined(one for one in added if one.opens < one.closes)


def _joined(rows: Iterable[Barred]) -> list[Barred]:
    joined: list[Barred] = []
    for row in sorted(rows):
        last = joined[-1] if joined else None
        if last is not None and last.weekday == row.weekday and row.opens <= last.closes:
            joined[-1] = Barred(last.weekday, last.opens, max(last.closes, row.closes))
        else:
            joined.append(row)
    return joined


def touches(rows: Sequence[Barred], starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> bool:
    """Does an appointment (aware) touch barred hours, by the clock of `zone`?"""
    if not rows:
        return False
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    first = start.hour * _HOUR + start.minute
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    last = first + 1 if end <= start else -(-(end.replace(tzinfo=None) - midnight) // timedelta(minutes=1))
    return any(row.weekday == start.weekday() and first < row.closes and row.opens < last for row in rows)
