"""A plan as a question: who could go to whom and when. What cannot be asked at all says what keeps it out.

`bot.solver` answers it; here nothing is decided but what is impossible. Times are whole minutes since 1970 (UTC).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
    HELD_OUT = "held_out"  # left alone for a while, to see what comes without a visit
    FULL = "full"  # other cases of the plan took every time


def anytime(_starts_at: datetime) -> bool:
    """Say that any time suits equally well."""
    return True


@dataclass(frozen=True, slots=True)
class Wanted:
    """A case that needs a visit on one of these local days. `suits`: does a start suit the customer especially?"""

    case_id: int
    offer: Offer
    days: Sequence[date]
    suits: Callable[[datetime], bool] = anytime


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


@dataclass(slots=True)
class Desk:
    """What all cases of a plan share; `works` is asked once for each person and time."""

    policy: SlotPolicy
    bookings: Bookings
    roster: Roster
    _works: dict[tuple[int, datetime], bool] = field(default_factory=dict)

    def jobs(self, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, Job | KeptOut]]:
        """Yield what is possible for each case, or what keeps it out."""
        for case in wanted:
            yield case, self.job(case)

    def job(self, case: Wanted) -> Job | KeptOut:
        """Return what is possible for a case, or what keeps it out. The rules are asked last: they cost most."""
        starts = [
            one for day in sorted(set(case.days)) for one in starts_on(day, case.offer.zone, self.policy)
        ]
        able: list[dict[int, set[datetime]]] = []
        for role in ROLES:
            found = self._able(case, role, starts)
            if isinstance(found, KeptOut):
                return found
            able.append(found)
        staffed = set().union(*able[0].values()) & set().union(*able[1].values())
        if not staffed:
            return KeptOut.HOURS
        length = self.policy.length
        lawful = [one for one in starts if one in staffed and case.offer.lawful(one, one + length)]
        return self._job(case, lawful, able) if lawful else KeptOut.LAW

    def _able(
        self, case: Wanted, role: str, starts: Sequence[datetime]
    ) -> dict[int, set[datetime]] | KeptOut:
        """Return at which of these starts each colleague of a role could be there."""
        everybody = self.roster.of(role)
        lacks = {one.id: one.fits(case.offer.errand) for one in everybody}
        fitting = [one for one in everybody if lacks[one.id] is None]
        if not fitting:
            return _lacking(set(lacks.values()))
        working = {one.id: {start for start in starts if self._works_at(one, start)} for one in fitting}
        if not any(working.values()):
            return KeptOut.HOURS
        place, length = case.offer.errand.place, self.policy.length
        able = {
            person: {one for one in times if self.bookings.is_free(person, one, one + length, place)}
            for person, times in working.items()
        }
        return able if any(able.values()) else KeptOut.BOOKED

    def _works_at(self, one: Colleague, start: datetime) -> bool:
        key = one.id, start
        if key not in self._works:
            self._works[key] = one.works(start, start + self.policy.length)
        return self._works[key]

    def _job(self, case: Wanted, lawful: Sequence[datetime], able: Sequence[dict[int, set[datetime]]]) -> Job:
        minutes = {one: minute_of(one) for one in lawful}
        collectors, officers = (
            {
                person: frozenset(minutes[one] for one in times if one in minutes)
                for person, times in of_role.items()
                if not times.isdisjoint(minutes)
            }
            for of_role in able
        )
        return Job(
            case_id=case.case_id,
            place=case.offer.errand.place,
            starts=tuple(minutes.values()),
            suiting=frozenset(minute for one, minute in minutes.items() if case.suits(one)),
            collectors=collectors,
            safety_officers=officers,
        )


def _lacking(lacks: set[Missing | None]) -> KeptOut:
    if not lacks:
        return KeptOut.STAFF
    return KeptOut.LANGUAGE if lacks == {Missing.LANGUAGE} else KeptOut.AREA
