"""Which days and slots can be offered to a customer: free for both roles, lawful, and long enough ahead."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework.bookings import Bookings, Taken
from bot.casework.roster import Roster
from bot.casework.slots import Offer, Slot, SlotPolicy, days_with_slots, free_slots, starts_on
from bot.casework.travel import LONGEST, Point, Travel
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.planning.roster import errand_of, place_of, roster
from bot.service.installation import Installation
from bot.service.outbound.gate import judge_slot, packs_of
from bot.service.outbound.rule_facts import facts_of
from bot.store import visits
from flows.rules import Facts, Outcome, Pack

HORIZON = 14  # days that are looked at
_PLANNED_AHEAD = timedelta(days=120)


def policy_of(inst: Installation) -> SlotPolicy:
    """Return the lender's hours, length and grid of visits, and how fast its people travel."""
    return SlotPolicy(travel=Travel(speed=inst.settings.speed))


async def free_days(batch: Batch, case: CaseFile) -> Sequence[date]:
    """Return the local days with at least one slot, soonest first."""
    days = _days_ahead(batch, case)
    return list(days_with_slots(days, *await _market(batch, case, days)))


def _days_ahead(batch: Batch, case: CaseFile) -> list[date]:
    first = batch.now.astimezone(ZoneInfo(case.timezone)).date()
    return [first + timedelta(days=offset) for offset in range(HORIZON)]


async def own_times_leave_none(batch: Batch, case: CaseFile) -> bool:
    """Is there no lawful time for a visit in the days ahead, and only for the times that the customer bars?"""
    facts = await facts_of(batch, case)
    if not facts.barred_times or _any_lawful(batch, case, facts):
        return False
    return _any_lawful(batch, case, replace(facts, barred_times=()))


def _any_lawful(batch: Batch, case: CaseFile, facts: Facts) -> bool:
    policy, zone = policy_of(batch.inst), ZoneInfo(case.timezone)
    judge = Judge(batch.inst, facts, batch.now)
    return any(
        judge(starts_at, starts_at + policy.length)
        for day in _days_ahead(batch, case)
        for starts_at in starts_on(day, zone, policy)
    )


async def slots_of(batch: Batch, case: CaseFile, day: date) -> Sequence[Slot]:
    """Return the slots of one local day, earliest first."""
    return list(free_slots([day], *await _market(batch, case, [day])))


async def _market(
    batch: Batch, case: CaseFile, days: Sequence[date]
) -> tuple[Offer, SlotPolicy, Bookings, Roster]:
    zone = ZoneInfo(case.timezone)
    first, last = (datetime.combine(day, time.min, zone) for day in (days[0], days[-1] + timedelta(days=1)))
    near = await visits.taken_between(batch.tx, first - LONGEST, last + LONGEST)
    offer = Offer(zone, errand_of(case), await judge_for(batch, case, batch.now))
    bookings = await bookings_of(batch, near, placed=offer.errand.place is not None)
    return offer, policy_of(batch.inst), bookings, await roster(batch)


async def slot_at(batch: Batch, case: CaseFile, starts_at: datetime) -> Slot | None:
    """Return who can come at `starts_at`, with every candidate held until the commit; None if nobody can."""
    await visits.lock_staff(batch.tx, [one.id for one in (await roster(batch)).colleagues])
    day = starts_at.astimezone(ZoneInfo(case.timezone)).date()
    found = await slots_of(batch, case, day)
    return next((slot for slot in found if slot.starts_at == starts_at), None)


@dataclass(slots=True)
class Judge:
    """The question that the rules answer for one case: may a visit be then, if it is fixed at `fixed_at`?

    `refused_by` counts the rules that said no. What was answered is kept, by all that the answer hangs on: most
    cases of a place know the same facts.
    """

    inst: Installation
    facts: Facts
    fixed_at: datetime
    answers: dict[tuple[str, datetime, datetime], str | None] = field(default_factory=dict)
    refused_by: Counter[str] = field(default_factory=Counter)

    known: str = field(init=False)

    def __post_init__(self) -> None:
        told = replace(self.facts, first_contact_at=None)  # that asks for lines, and decides about no slot
        if not any(one.exception for pack in self._packs() for one in pack.overrides):
            told = replace(told, overdue_since=None)  # nothing but an exception asks since when
        self.known = repr(told)  # equal facts are written alike, and can be looked up so

    def _packs(self) -> Sequence[Pack]:
        return packs_of(self.inst, self.facts.jurisdiction)

    def __call__(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Say whether a visit may take place then."""
        key = self.known, starts_at, self.fixed_at
        if key not in self.answers:
            verdict = judge_slot(self.inst, self.facts, starts_at, ends_at, self.fixed_at)
            self.answers[key] = None if verdict.outcome is Outcome.ALLOWED else str(verdict.bound)
        rule = self.answers[key]
        if rule is not None:
            self.refused_by[rule] += 1
        return rule is None


async def judge_for(batch: Batch, case: CaseFile, fixed_at: datetime) -> Judge:
    """Return the rules' judge of slots for this case."""
    return Judge(batch.inst, await facts_of(batch, case), fixed_at)


async def bookings_from_now(batch: Batch) -> Bookings:
    """Return who is on a visit when and where, as far ahead as anything can be planned."""
    since = batch.now - LONGEST
    rows = await visits.taken_between(batch.tx, since, batch.now + _PLANNED_AHEAD)
    return await bookings_of(batch, rows)


async def bookings_of(batch: Batch, rows: Sequence[Any], *, placed: bool = True) -> Bookings:
    """Return who is taken by these visits and when; if `placed`, also where.

    For a visit whose own place is not known the way from there is not either, and nothing need be looked up.
    """
    if placed:
        await batch.load_cases({row.case_id for row in rows})
    places = [place_of(await batch.case(row.case_id)) if placed else None for row in rows]
    taken = [one for row, place in zip(rows, places, strict=True) for one in taken_by(row, place)]
    return Bookings(taken, policy_of(batch.inst).travel)


def taken_by(visit: Any, place: Point | None) -> tuple[Taken, Taken]:
    """Return what a visit takes of its two people."""
    span = visit.starts_at, visit.ends_at, place
    return Taken(visit.collector_id, *span), Taken(visit.safety_officer_id, *span)
