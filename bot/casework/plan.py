"""A plan as a question: who could go to whom and when. What cannot be asked at all says what keeps it out.

`bot.solver` answers it; here nothing is decided but what is impossible. Times are whole minutes since 1970 (UTC).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from bot.casework.bookings import Bookings
from bot.casework.roster import COLLECTOR, SAFETY_OFFICER, Colleague, Missing, Roster
from bot.casework.slots import Offer, Slot, SlotPolicy, starts_on
from bot.casework.travel import Point

ROLES = (COLLECTOR, SAFETY_OFFICER)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


class KeptOut(StrEnum):
    """Which constraint left a case without a visit: the first that nothing gets past, in this order."""

    STAFF = "staff"  # nobody has that role
    LANGUAGE = "language"  # no collector speaks the customer's
    AREA = "area"  # nobody of a role works there
    HOURS = "hours"  # nobody of a role works at any of the times
    BOOKED = "booked"  # everybody is on fixed visits, way there and back included
    LAW = "law"  # the rules allow none of the times
    TREATMENT = "treatment"  # a visit is not what it needs (any more)
    UNANSWERED = "unanswered"  # the last announcement was not answered, and nobody has looked at it yet
    HELD_OUT = "held_out"  # left alone for a while, to see what comes without a visit
    FULL = "full"  # other cases of the plan took every time


_Grid = Mapping[int, datetime]  # when visits may begin on some days: minutes with their instants, in order
Suits = Callable[[datetime], bool]  # does a visit that begins then suit the customer especially?


def anytime(_starts_at: datetime) -> bool:
    """Say that any time suits equally well."""
    return True


@dataclass(frozen=True, slots=True)
class Wanted:
    """A case that needs a visit on one of these local days."""

    case_id: int
    offer: Offer
    days: Sequence[date]
    suits: Suits = anytime


@dataclass(frozen=True, slots=True)
class Job:
    """A case with what is possible for it: lawful starts, those that suit, and each person's own starts among them.

    `starts` are in order; a collector and a safety officer could be there at each, if it were the only job.
    """

    case_id: int
    place: Point | None
    starts: tuple[int, ...]
    suiting: frozenset[int]
    collectors: Mapping[int, frozenset[int]]
    safety_officers: Mapping[int, frozenset[int]]


def minute_of(instant: datetime) -> int:
    """Return an aware instant as whole minutes since 1970."""
    return (instant - _EPOCH) // _MINUTE


def instant_of(minute: int) -> datetime:
    """Return the aware UTC instant of a minute."""
    return _EPOCH + minute * _MINUTE


def slot_of(minute: int, policy: SlotPolicy, collector_id: int, safety_officer_id: int) -> Slot:
    """Return the slot that begins at a minute."""
    starts_at = instant_of(minute)
    return Slot(starts_at, starts_at + policy.length, collector_id, safety_officer_id)


class Desk:
    """What all cases of a plan share. What is the same for many is asked once: nothing may change meanwhile.

    10,000 cases, 30 teams and two weeks of half hours would else be 160 million questions about people.
    """

    def __init__(self, policy: SlotPolicy, bookings: Bookings, roster: Roster) -> None:
        self.policy, self.bookings, self.roster = policy, bookings, roster
        self._grids: dict[tuple[tuple[date, ...], str], _Grid] = {}
        self._works: dict[tuple[int, datetime], bool] = {}
        self._free: dict[tuple[int, Point | None, int], frozenset[int]] = {}
        self._sets: dict[frozenset[int], frozenset[int]] = {}
        self._common: dict[tuple[frozenset[int], frozenset[int]], frozenset[int]] = {}

    def jobs(self, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, Job | KeptOut]]:
        """Yield what is possible for each case, or what keeps it out."""
        for case in wanted:
            yield case, self.job(case)

    def job(self, case: Wanted) -> Job | KeptOut:
        """Return what is possible for a case, or what keeps it out. The rules are asked last: they cost most."""
        grid = self._grid(case)
        able: list[Mapping[int, frozenset[int]]] = []
        for role in ROLES:
            found = self._able(case, role, grid)
            if isinstance(found, KeptOut):
                return found
            able.append(found)
        staffed = frozenset().union(*able[0].values()) & frozenset().union(*able[1].values())
        if not staffed:
            return KeptOut.HOURS
        length = self.policy.length
        lawful = tuple(
            minute
            for minute, one in grid.items()
            if minute in staffed and case.offer.lawful(one, one + length)
        )
        return self._job(case, grid, lawful, able) if lawful else KeptOut.LAW

    def _job(
        self, case: Wanted, grid: _Grid, lawful: tuple[int, ...], able: Sequence[Mapping[int, frozenset[int]]]
    ) -> Job:
        among = self._same(lawful)
        collectors, officers = (
            {person: both for person, times in of_role.items() if (both := self._both(times, among))}
            for of_role in able
        )
        return Job(
            case_id=case.case_id,
            place=case.offer.errand.place,
            starts=lawful,
            suiting=self._suiting(case, grid, among),
            collectors=collectors,
            safety_officers=officers,
        )

    def _suiting(self, case: Wanted, grid: _Grid, among: frozenset[int]) -> frozenset[int]:
        if case.suits is anytime:
            return among
        return self._same(minute for minute in among if case.suits(grid[minute]))

    def _same(self, minutes: Iterable[int]) -> frozenset[int]:
        """Return these minutes as the set that other cases have already, where they have."""
        found = frozenset(minutes)
        return self._sets.setdefault(found, found)

    def _both(self, times: frozenset[int], among: frozenset[int]) -> frozenset[int]:
        """Return the minutes that are in both: what is common to one case and a colleague is so to most others."""
        key = times, among
        if key not in self._common:
            self._common[key] = times & among
        return self._common[key]

    def _grid(self, case: Wanted) -> _Grid:
        zone = case.offer.zone
        key = tuple(sorted(set(case.days))), zone.key
        if key not in self._grids:
            starts = (one for day in key[0] for one in starts_on(day, zone, self.policy))
            self._grids[key] = {minute_of(one): one for one in starts}
        return self._grids[key]

    def _able(self, case: Wanted, role: str, grid: _Grid) -> Mapping[int, frozenset[int]] | KeptOut:
        """Return at which of these starts each colleague of a role could be there."""
        everybody = self.roster.of(role)
        lacks = {one.id: one.fits(case.offer.errand) for one in everybody}
        fitting = [one for one in everybody if lacks[one.id] is None]
        if not fitting:
            return _lacking(set(lacks.values()))
        able = {one.id: self._free_at(one, case.offer.errand.place, grid) for one in fitting}
        if any(able.values()):
            return able
        works = any(self._works_at(one, start) for one in fitting for start in grid.values())
        return KeptOut.BOOKED if works else KeptOut.HOURS

    def _free_at(self, one: Colleague, place: Point | None, grid: _Grid) -> frozenset[int]:
        """Return the starts at which a colleague is free. Who has no visits yet has no way from them either."""
        key, length = (one.id, place if self.bookings.has(one.id) else None, id(grid)), self.policy.length
        if key not in self._free:
            self._free[key] = self._same(
                minute
                for minute, start in grid.items()
                if self._works_at(one, start) and self.bookings.is_free(one.id, start, start + length, place)
            )
        return self._free[key]

    def _works_at(self, one: Colleague, start: datetime) -> bool:
        key = one.id, start
        if key not in self._works:
            self._works[key] = one.works(start, start + self.policy.length)
        return self._works[key]


def _lacking(lacks: set[Missing | None]) -> KeptOut:
    if not lacks:
        return KeptOut.STAFF
    return KeptOut.LANGUAGE if lacks == {Missing.LANGUAGE} else KeptOut.AREA
