"""Slots: times for a visit, free for one person of each role, on a grid of local wall time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.casework.bookings import Bookings, Taken

__all__ = ["Lawful", "Slot", "SlotPolicy", "Taken", "Team", "days_with_slots", "free_slots", "slots_on"]

Lawful = Callable[[datetime, datetime], bool]


@dataclass(frozen=True, slots=True)
class SlotPolicy:
    """Working hours by local wall time, a visit's length, the grid it begins on, the way between two visits.

    Raises ValueError when no visit fits into the hours, or the grid does not move on.
    """

    opens: time = time(9)
    closes: time = time(18)
    length: timedelta = timedelta(minutes=45)
    grid: timedelta = timedelta(minutes=60)
    travel: timedelta = timedelta(minutes=15)

    def __post_init__(self) -> None:
        if min(self.length, self.grid) <= timedelta(0) or self.travel < timedelta(0):
            raise ValueError("length and grid must be longer than nothing, travel not negative")
        if datetime.combine(date.min, self.opens) + self.length > datetime.combine(date.min, self.closes):
            raise ValueError("no visit fits between opens and closes")


@dataclass(frozen=True, slots=True)
class Team:
    """Who can be sent, by role, in the order of preference."""

    collectors: tuple[int, ...]
    safety_officers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A time with the two people who would come. Instants are aware UTC."""

    starts_at: datetime
    ends_at: datetime
    collector_id: int
    safety_officer_id: int


def free_slots(
    *,
    days: Iterable[date],
    zone: ZoneInfo,
    policy: SlotPolicy,
    taken: Iterable[Taken] | Bookings,
    lawful: Lawful,
    team: Team,
) -> Iterator[Slot]:
    """Yield the free lawful slots of these local days, earliest first, each with the first free pair.

    Nobody is given a visit that is closer than `policy.travel` to another of theirs; nobody plays both roles.
    `lawful` is asked with aware UTC start and end, and only about times for which there are people.
    """
    bookings = taken if isinstance(taken, Bookings) else Bookings(taken)
    for day in sorted(set(days)):
        for starts_at in starts_on(day, zone, policy):
            pair = free_pair(starts_at, policy, bookings, team)
            if pair is not None and lawful(starts_at, starts_at + policy.length):
                yield Slot(starts_at, starts_at + policy.length, *pair)


def slots_on(
    day: date,
    *,
    zone: ZoneInfo,
    policy: SlotPolicy,
    taken: Iterable[Taken] | Bookings,
    lawful: Lawful,
    team: Team,
) -> Sequence[Slot]:
    """Return the free lawful slots of one local day, earliest first."""
    return list(free_slots(days=[day], zone=zone, policy=policy, taken=taken, lawful=lawful, team=team))


def days_with_slots(
    *,
    days: Iterable[date],
    zone: ZoneInfo,
    policy: SlotPolicy,
    taken: Iterable[Taken] | Bookings,
    lawful: Lawful,
    team: Team,
) -> Iterator[date]:
    """Yield the local days that have a free lawful slot, earliest first, looking no further into each."""
    bookings = taken if isinstance(taken, Bookings) else Bookings(taken)
    for day in sorted(set(days)):
        found = free_slots(days=[day], zone=zone, policy=policy, taken=bookings, lawful=lawful, team=team)
        if next(found, None) is not None:
            yield day


def starts_on(day: date, zone: ZoneInfo, policy: SlotPolicy) -> Iterator[datetime]:
    """Yield when visits may begin on a local day, in UTC.

    A wall time that a clock change skips is left out, one that it repeats counts once, the first time.
    A visit during which the clock changes must end within the hours by the new time as well.
    """
    wall, closes = datetime.combine(day, policy.opens), datetime.combine(day, policy.closes)
    while wall + policy.length <= closes:
        starts_at = wall.replace(tzinfo=zone).astimezone(UTC)
        ends = (starts_at + policy.length).astimezone(zone).replace(tzinfo=None)
        if starts_at.astimezone(zone).replace(tzinfo=None) == wall and ends <= closes:
            yield starts_at
        wall += policy.grid


def free_pair(
    starts_at: datetime, policy: SlotPolicy, bookings: Bookings, team: Team
) -> tuple[int, int] | None:
    """Return the first free collector and the first other free safety officer; None if nobody."""
    begin, end = starts_at - policy.travel, starts_at + policy.length + policy.travel

    def free(people: Sequence[int]) -> Iterator[int]:
        return (one for one in people if bookings.is_free(one, begin, end))

    officers = list(_first(free(team.safety_officers), 2))
    pairs = ((one, other) for one in free(team.collectors) for other in officers if one != other)
    return next(pairs, None)


def _first(people: Iterator[int], count: int) -> Iterator[int]:
    """Yield at most `count`: two officers are enough, since only one of them can be the collector."""
    return (one for one, _ in zip(people, range(count), strict=False))
