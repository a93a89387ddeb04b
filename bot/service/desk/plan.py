"""Visits for the cases that need one: the earliest free lawful slot, both roles, nobody booked twice.

A plan is proposed as rows that bind nobody; approving looks at each again, so that nothing is fixed on old facts.
"""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework.plan import Wanted, plan
from bot.casework.slots import Slot
from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.customer.availability import HORIZON, POLICY, lawful_for, taken_from_now, team
from bot.service.desk.casefile import CaseFile
from bot.service.desk.risk import standings
from bot.service.outbound.gate import judge_message, judge_slot
from bot.service.outbound.receipts import overrides_used, receipt_of
from bot.service.outbound.rule_facts import facts_of
from bot.store import audit, cases, receipts, timers, visits
from flows.rules import Outcome, Purpose, Verdict

NOTICE_MARGIN = timedelta(
    hours=1
)  # between the planned sending of the notice and the last lawful moment for it
ENROL_MARGIN = timedelta(days=2)  # for customers who have yet to open their link


async def propose(batch: Batch, first: date | None = None, last: date | None = None) -> list[Any]:
    """Replace the open proposals by new ones, for every case to be visited that has no live visit; return their rows.

    `first` and `last` are local days of each case; by default from today for two weeks.
    """
    await visits.drop_proposed(batch.tx)
    found = await standings(batch, [row.id for row in await cases.without_live_visit(batch.tx)])
    wanted = [await _wanted(batch, one.case, first, last) for one in found.values() if one.to_visit]
    planned = plan(wanted, POLICY, await taken_from_now(batch), await team(batch))
    rows = [_proposal(batch, one.case_id, one.slot) for one in planned if one.slot is not None]
    await visits.put(batch.tx, rows)
    for row in rows:
        await _judge(batch, row["case_id"], row["id"], row["starts_at"], row["ends_at"])
    return list(await visits.by_status(batch.tx, "proposed"))


async def approve(batch: Batch) -> list[Any]:
    """Approve the proposals that are still free, lawful and wanted; their notices go out at the next lawful time."""
    both = await team(batch)
    await visits.lock_staff(batch.tx, [*both.collectors, *both.safety_officers])
    approved = []
    proposed = await visits.by_status(batch.tx, "proposed")
    found = await standings(batch, [visit.case_id for visit in proposed])
    for visit in proposed:
        verdict = await _judge(batch, visit.case_id, visit.id, visit.starts_at, visit.ends_at)
        wanted = verdict.outcome is Outcome.ALLOWED and found[visit.case_id].to_visit
        if wanted and await _is_free(batch, visit):
            await visits.move_status(batch.tx, visit.id, ("proposed",), "approved", approved_at=batch.now)
            await timers.put(batch.tx, _timers(visit, batch.now))
            batch.stale(visit_id=visit.id)
            approved.append(await batch.visit(visit.id))
    return approved


async def _judge(
    batch: Batch, case_id: int, visit_id: int, starts_at: datetime, ends_at: datetime
) -> Verdict:
    """Ask the rules about the slot of a visit and keep their receipt."""
    facts = await facts_of(batch, await batch.case(case_id))
    verdict = judge_slot(batch.inst, facts, starts_at, ends_at, batch.now)
    await receipts.put(batch.tx, [receipt_of(verdict, case_id=case_id, visit_id=visit_id)])
    await audit.append(batch.tx, overrides_used(verdict, case_id, visit_id))
    return verdict


async def _is_free(batch: Batch, visit: Any) -> bool:
    """Are both people of a proposal still free, way there and back included, and the case without a visit?"""
    travel = POLICY.travel
    taken = await visits.live_between(batch.tx, visit.starts_at - travel, visit.ends_at + travel)
    busy = {person for row in taken for person in (row.collector_id, row.safety_officer_id)}
    if {visit.collector_id, visit.safety_officer_id} & busy:
        return False
    return await visits.live_of(batch.tx, visit.case_id) is None


def _timers(visit: Any, now: datetime) -> list[dict[str, Any]]:
    """The notice as soon as it may go; and a last look at the moment after which it would come too late."""
    common = {"subject_id": visit.id, "turn": visit.sequence, "status": "waiting"}
    return [
        common | {"id": new_id(), "kind": "start_notice", "key": "start", "due_at": now},
        common | {"id": new_id(), "kind": "notice_deadline", "key": "deadline", "due_at": visit.starts_at},
    ]


async def _wanted(batch: Batch, case: CaseFile, first: date | None, last: date | None) -> Wanted:
    zone = ZoneInfo(case.timezone)
    start = max(first or date.min, batch.now.astimezone(zone).date())
    end = last or start + timedelta(days=HORIZON)
    days = [start + timedelta(days=offset) for offset in range((end - start).days + 1)]
    fixed_at = await _notice_at(batch, case) + NOTICE_MARGIN
    return Wanted(case.id, zone, days, await lawful_for(batch, case, fixed_at))


async def _notice_at(batch: Batch, case: CaseFile) -> datetime:
    """Return when the notice can go out at the earliest."""
    verdict = await judge_message(batch, case, Purpose.NOTICE, solicited=False)
    earliest = verdict.until or batch.now
    return earliest if case.identified_at is not None else earliest + ENROL_MARGIN


def _proposal(batch: Batch, case_id: int, slot: Slot) -> dict[str, Any]:
    """Return the row of a proposal."""
    return {
        "id": new_id(),
        "case_id": case_id,
        "collector_id": slot.collector_id,
        "safety_officer_id": slot.safety_officer_id,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "status": "proposed",
        "created_at": batch.now,
    }
