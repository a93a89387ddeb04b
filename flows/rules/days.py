"""Local days and their edges in UTC, across clock changes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)
_MARGIN = timedelta(hours=2)  # a change at midnight belongs to both days
DAY = timedelta(days=1)
_YEAR = 12  # months
LOOK_AHEAD = 40  # days: longer than any run of barred days


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """Return the zone of an IANA name. Raises ZoneInfoNotFoundError for no such zone."""
    return ZoneInfo(name)


@lru_cache(maxsize=4096)
def first_instant(day: date, zone: ZoneInfo) -> datetime:
    """Return when a local day begins, in UTC: its midnight, or where the clock lands when midnight is skipped."""
    return min(instants(day, 0, zone))


def instants(day: date, minute: int, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield every instant at which the local clock comes to `minute` of `day`, or jumps over it, in UTC.

    A wall time that is shown twice has two; one that is skipped has the instant of the change.
    """
    wall = datetime.combine(day, time.min) + timedelta(minutes=minute)
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    yield first if first <= second else _change_between(second, first, zone)
    if second > first:
        yield second


def changes(day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the instant of a clock change within a local day, in UTC."""
    begins, ends = (
        datetime.combine(one, time.min, zone).astimezone(UTC) + margin
        for one, margin in ((day, -_MARGIN), (day + DAY, _MARGIN))
    )
    if begins.astimezone(zone).utcoffset() != ends.astimezone(zone).utcoffset():
        yield _change_between(begins, ends, zone)


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant between the two at which the zone's offset changes."""
    old = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        same = middle.astimezone(zone).utcoffset() == old
        before, after = (middle, after) if same else (before, middle)
    return after.replace(microsecond=0)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a month that has no such day."""
    years, month = divmod(day.month - 1 + months, _YEAR)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + first.month // _YEAR, first.month % _YEAR + 1, 1)
    return min(first + DAY * (day.day - 1), following - DAY)


def days_from(at: datetime, zone: ZoneInfo) -> Iterable[date]:
    """Return the local days from that of `at` on, as far as anybody looks ahead."""
    first = at.astimezone(zone).date()
    return (first + DAY * number for number in range(LOOK_AHEAD))
