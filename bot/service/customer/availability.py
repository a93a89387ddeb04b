"""Which days and slots can be offered to a customer: free for both roles, lawful, and long enough ahead."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.casework.bookings import Taken
from bot.casework.slots import Lawful, Slot, SlotPolicy, Team, days_with_slots, slots_on
from bot.service.conversations.batch import Batch
from bot.service.desk.casefile import CaseFile
from bot.service.outbound.gate import judge_slot
from bot.service.outbound.rule_facts import facts_of
from bot.store import people, visits
from flows.rules import Outcome

HORIZON = 14  # days that are looked at
POLICY = SlotPolicy()
_PLANNED_AHEAD = timedelta(days=120)


async def free_days(batch: Batch, case: CaseFile) -> Sequence[date]:
    """Return the local days with at least one slot, soonest first."""
    zone = ZoneInfo(case.timezone)
    first = batch.now.astimezone(zone).date()
    return list(
        days_with_slots(
            days=[first + timedelta(days=offset) for offset in range(HORIZON)],
            zone=zone,
            policy=POLICY,
            taken=await taken_from_now(batch),
            lawful=await lawful_for(batch, case, batch.now),
            team=await team(batch),
        )
    )


async def slots_of(batch: Batch, case: CaseFile, day: date) -> Sequence[Slot]:
    """Return the slots of one local day, earliest first."""
    return slots_on(
        day,
        zone=ZoneInfo(case.timezone),
        policy=POLICY,
        taken=await taken_from_now(batch),
        lawful=await lawful_for(batch, case, batch.now),
        team=await team(batch),
    )


async def slot_at(batch: Batch, case: CaseFile, starts_at: datetime) -> Slot | None:
    """Return who can come at `starts_at`, with every candidate held until the commit; None if nobody can."""
    both = await team(batch)
    await visits.lock_staff(batch.tx, [*both.collectors, *both.safety_officers])
    day = starts_at.astimezone(ZoneInfo(case.timezone)).date()
    found = await slots_of(batch, case, day)
    return next((slot for slot in found if slot.starts_at == starts_at), None)


async def lawful_for(batch: Batch, case: CaseFile, fixed_at: datetime) -> Lawful:
    """Return the question that the rules answer for this case: may a visit be then, if it is fixed at `fixed_at`?"""
    facts = await facts_of(batch, case)

    def lawful(starts_at: datetime, ends_at: datetime) -> bool:
        verdict = judge_slot(batch.inst, facts, starts_at, ends_at, fixed_at)
        return verdict.outcome is Outcome.ALLOWED

    return lawful


async def taken_from_now(batch: Batch) -> list[Taken]:
    """Return who is on a visit when, as far ahead as anything can be planned."""
    rows = await visits.live_between(batch.tx, batch.now, batch.now + _PLANNED_AHEAD)
    return [
        Taken(person_id, row.starts_at, row.ends_at)
        for row in rows
        for person_id in (row.collector_id, row.safety_officer_id)
    ]


async def team(batch: Batch) -> Team:
    """Return the active field staff by role."""
    return Team(
        collectors=tuple(row.id for row in await people.active(batch.tx, "collector")),
        safety_officers=tuple(row.id for row in await people.active(batch.tx, "safety_officer")),
    )
