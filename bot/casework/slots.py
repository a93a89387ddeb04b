"""Slots: times for a visit at which one person of each role can be there, on a grid of local wall time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.casework.bookings import Bookings
from bot.casework.roster import COLLECTOR, SAFETY_OFFICER, Errand, Roster
from bot.casework.travel import Travel

Lawful = Callable[[datetime, datetime], bool]


@dataclass(frozen=True, slots=True)
class SlotPolicy:
    """Working hours by local wall time, a visit's length, the grid it begins on, the way between two visits.

    Raises ValueError when no visit fits into the hours, or the grid does not move on.
    """

    opens: time = time(9)
    closes: time = time(18)
    length: timedelta = timedelta(minutes=45)
    grid: timedelta = timedelta(minutes=30)
    travel: Travel = field(default_factory=Travel)

    def __post_init__(self) -> None:
        if min(self.length, self.grid) <= timedelta(0):
            raise ValueError("length and grid must be longer than nothing")
        if datetime.combine(date.min, self.opens) + self.length > datetime.combine(date.min, self.closes):
            raise ValueError("no visit fits between opens and closes")


@dataclass(frozen=True, slots=True)
class Slot:
    """A time with the two people who would come. Instants are aware UTC."""

    starts_at: datetime
    ends_at: datetime
    collector_id: int
    safety_officer_id: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What slots are looked for: the local zone of the case, what the visit asks of people, and when it is lawful.

    `lawful` is asked with aware UTC start and end, and only about times for which there are people.
    """

    zone: ZoneInfo
    errand: Errand
    lawful: Lawful


def free_slots(
    days: Iterable[date], offer: Offer, policy: SlotPolicy, bookings: Bookings, roster: Roster
) -> Iterator[Slot]:
    """Yield the free lawful slots of these local days, earliest first, each with the first free pair.

    Nobody is given a visit to which the way from another one of theirs is too long.
    """
    fitting = roster.for_errand(offer.errand)
    for day in sorted(set(days)):
        for starts_at in starts_on(day, offer.zone, policy):
            pair = free_pair(starts_at, offer.errand, policy, bookings, fitting)
            if pair is not None and offer.lawful(starts_at, starts_at + policy.length):
                yield Slot(starts_at, starts_at + policy.length, *pair)


def days_with_slots(
    days: Iterable[date], offer: Offer, policy: SlotPolicy, bookings: Bookings, roster: Roster
) -> Iterator[date]:
    """Yield the local days that have a free lawful slot, earliest first, looking no further into each."""
    for day in sorted(set(days)):
        if next(free_slots([day], offer, policy, bookings, roster), None) is not None:
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
    starts_at: datetime, errand: Errand, policy: SlotPolicy, bookings: Bookings, fitting: Roster
) -> tuple[int, int] | None:
    """Return the first free collector and the first free safety officer of those who fit; None if nobody."""
    collector = next(free_people(COLLECTOR, starts_at, errand, policy, bookings, fitting), None)
    if collector is None:
        return None
    officer = next(free_people(SAFETY_OFFICER, starts_at, errand, policy, bookings, fitting), None)
    return None if officer is None else (collector, officer)


def free_people(
    role: str, starts_at: datetime, errand: Errand, policy: SlotPolicy, bookings: Bookings, fitting: Roster
) -> Iterator[int]:
    """Yield those of a role who work then and can be there, in the order of preference."""
    ends_at = starts_at + policy.length
    for one in fitting.of(role):
        if one.works(starts_at, ends_at) and bookings.is_free(one.id, starts_at, ends_at, errand.place):
            yield one.id
