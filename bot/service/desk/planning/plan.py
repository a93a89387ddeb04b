"""Visits for the cases that need one: asked, solved outside of any transaction, and put down as proposals.

A plan binds nobody. It is loaded in one transaction and written in another, since solving takes seconds in which
nobody else could write; what has changed in between is noticed, and the plan made again. Approving looks at each
proposal once more, so that nothing is fixed on old facts.
"""

import asyncio
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.casework.bookings import Bookings
from bot.casework.plan import Desk, Job, KeptOut, Wanted, slot_of
from bot.casework.roster import Roster
from bot.casework.slots import Offer, Slot
from bot.errors import StoreBusy
from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.customer.availability import (
    HORIZON,
    Judge,
    bookings_from_now,
    judge_for,
    policy_of,
    taken_by,
)
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.planning.roster import errand_of, place_of, roster
from bot.service.desk.planning.spared import spared
from bot.service.desk.planning.suiting import suiting_of
from bot.service.desk.risk.treatment import standings
from bot.service.installation import Installation
from bot.service.outbound.gate import judge_message, judge_slot
from bot.service.outbound.receipts import overrides_used, receipt_of
from bot.service.outbound.rule_facts import facts_of, load_facts
from bot.service.timer_row import timer_row
from bot.store import absences, audit, cases, people, receipts, timers, visits
from flows.rules import Outcome, Purpose, Verdict

NOTICE_MARGIN = timedelta(hours=1)  # from the planned notice to the last lawful moment for it
ENROL_MARGIN = timedelta(days=2)  # for customers who have yet to open their link
TRIES = 5
SEED = 0


class LeftOut(NamedTuple):
    """A case without a visit: which constraint kept it out, and for the law the rule that said no most often."""

    case_id: int
    why: KeptOut
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows of the proposals in order of time, and the cases that are left out."""

    proposals: Sequence[Any]
    left_out: Sequence[LeftOut]


@dataclass(frozen=True, slots=True)
class _Question:
    """All that a plan hangs on, loaded; `state` is what must not have changed when it is written."""

    desk: Desk
    wanted: Sequence[Wanted]
    judges: Mapping[int, Judge]
    spared: Mapping[int, KeptOut]
    state: object


@dataclass(frozen=True, slots=True)
class _Answer:
    slots: Mapping[int, Slot]
    left_out: Sequence[LeftOut]


async def propose(inst: Installation, first: date | None = None, last: date | None = None) -> Plan:
    """Replace the open proposals by new ones, for every case to be visited that has no live visit.

    `first` and `last` are local days of each case; by default from today for two weeks. Raises `StoreBusy` when
    cases and visits change faster than a plan can be made.
    """
    for _ in range(TRIES):
        async with inst.store.read() as tx:
            question = await _ask(Batch(inst, tx, inst.clock.now()), first, last)
        answer = await asyncio.to_thread(_solve, question)
        async with inst.store.begin() as tx:
            batch = Batch(inst, tx, inst.clock.now())
            if await _state(batch) == question.state:
                await visits.drop_proposed(tx)
                await _put_down(batch, question, answer)
                return Plan(list(await visits.by_status(tx, "proposed")), answer.left_out)
    raise StoreBusy("Cases and visits change too fast for a plan: try again in a minute.")


async def _ask(batch: Batch, first: date | None, last: date | None) -> _Question:
    state = await _state(batch)
    found = await standings(batch, [row.id for row in await cases.without_live_visit(batch.tx)])
    bookings, staff = await bookings_from_now(batch), await roster(batch)
    answers: dict[Any, str | None] = {}
    wanted, judges = [], {}
    left_alone = await spared(batch, list(found.values()))
    to_visit = [one.case for one in found.values() if one.to_visit and one.case.id not in left_alone]
    suiting = await suiting_of(batch, to_visit)
    await load_facts(batch, to_visit)
    for case in to_visit:
        judge = judges[case.id] = await judge_for(batch, case, await fixed_at(batch, case))
        judge.answers = answers
        offer = Offer(ZoneInfo(case.timezone), errand_of(case), judge)
        wanted.append(Wanted(case.id, offer, _days(batch, case, first, last), suiting[case.id]))
    return _Question(Desk(policy_of(batch.inst), bookings, staff), wanted, judges, left_alone, state)


async def _state(batch: Batch) -> object:
    """Return what a plan hangs on in a form that can be compared: cases, live visits, staff and days off."""
    live = await visits.live_between(batch.tx, batch.now, datetime.max.replace(tzinfo=batch.now.tzinfo))
    return (
        [row.id for row in await cases.without_live_visit(batch.tx)],
        sorted((row.id, row.starts_at, row.collector_id, row.safety_officer_id) for row in live),
        [(row.id, row.hours, row.areas, row.languages) for row in await people.everybody(batch.tx)],
        [row.id for row in await absences.since(batch.tx, batch.now.date())],
    )


def _days(batch: Batch, case: CaseFile, first: date | None, last: date | None) -> list[date]:
    """Return the local days of a case that are asked about, none of them over."""
    start = max(first or date.min, batch.now.astimezone(ZoneInfo(case.timezone)).date())
    end = last or start + timedelta(days=HORIZON)
    return [start + timedelta(days=offset) for offset in range((end - start).days + 1)]


async def fixed_at(batch: Batch, case: CaseFile) -> datetime:
    """Return by when the notice will have gone out."""
    verdict = await judge_message(batch, case, Purpose.NOTICE, solicited=False)
    earliest = verdict.until or batch.now
    return earliest + NOTICE_MARGIN + (timedelta(0) if case.identified_at is not None else ENROL_MARGIN)


def _solve(question: _Question) -> _Answer:
    """Judge every slot and find the plan: seconds of work, without a database."""
    from bot.solver import solve  # noqa: PLC0415 - takes seconds to load, which other commands need not wait for

    jobs: list[Job] = []
    left_out = [LeftOut(case_id, why) for case_id, why in sorted(question.spared.items())]
    for case, found in question.desk.jobs(question.wanted):
        if isinstance(found, Job):
            jobs.append(found)
        else:
            rules = question.judges[case.case_id].refused_by.most_common(1)
            rule = rules[0][0] if found is KeptOut.LAW and rules else ""
            left_out.append(LeftOut(case.case_id, found, rule))
    policy = question.desk.policy
    placed = solve(jobs, policy, SEED)
    left_out += [LeftOut(job.case_id, KeptOut.FULL) for job in jobs if job.case_id not in placed]
    return _Answer(
        {case_id: slot_of(one.start, policy, *one.people) for case_id, one in placed.items()}, left_out
    )


async def _put_down(batch: Batch, question: _Question, answer: _Answer) -> None:
    """Write the proposals, each with the receipt of the rules."""
    rows = [_proposal(batch, case_id, slot) for case_id, slot in answer.slots.items()]
    await visits.put(batch.tx, rows)
    verdicts = [
        judge_slot(
            batch.inst, question.judges[row["case_id"]].facts, row["starts_at"], row["ends_at"], batch.now
        )
        for row in rows
    ]
    await _keep(batch, [(row["case_id"], row["id"], one) for row, one in zip(rows, verdicts, strict=True)])


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


async def _keep(batch: Batch, judged: Sequence[tuple[int, int, Verdict]]) -> None:
    """Keep what the rules said, by case and visit."""
    await receipts.put(
        batch.tx, [receipt_of(verdict, case_id=case, visit_id=visit) for case, visit, verdict in judged]
    )
    lines = [line for case, visit, verdict in judged for line in overrides_used(verdict, case, visit)]
    await audit.append(batch.tx, lines)


async def approve(batch: Batch, only: Container[int] | None = None) -> list[Any]:
    """Approve the proposals (of these ids) that still hold; their notices go out at the next lawful time."""
    staff = await roster(batch)
    await visits.lock_staff(batch.tx, [one.id for one in staff.colleagues])
    wanted = [one for one in await checked(batch) if only is None or one.visit.id in only]
    await _keep(batch, [(one.visit.case_id, one.visit.id, one.verdict) for one in wanted])
    approved = [one.visit.id for one in wanted if one.why is None]
    for visit_id in approved:
        await visits.move_status(batch.tx, visit_id, ("proposed",), "approved", approved_at=batch.now)
        batch.stale(visit_id=visit_id)
    rows = [await batch.visit(visit_id) for visit_id in approved]
    await timers.put(batch.tx, [timer for visit in rows for timer in _timers(visit, batch.now)])
    return rows


class Checked(NamedTuple):
    """A proposal, what has come in its way since it was made (None: it still holds), and what the rules say now."""

    visit: Any
    why: KeptOut | None
    verdict: Verdict


async def checked(batch: Batch) -> list[Checked]:
    """Look at every proposal again, in order of time; one that holds stands in the way of those after it."""
    staff, bookings = await roster(batch), await bookings_from_now(batch)
    free = {row.id for row in await cases.without_live_visit(batch.tx)}
    proposals = await visits.by_status(batch.tx, "proposed")
    stands = await standings(batch, [visit.case_id for visit in proposals])
    left_alone = await spared(batch, list(stands.values()))
    await load_facts(batch, [one.case for one in stands.values()])
    found = []
    for visit in proposals:
        case, to_visit = stands[visit.case_id].case, stands[visit.case_id].to_visit
        verdict = judge_slot(
            batch.inst, await facts_of(batch, case), visit.starts_at, visit.ends_at, batch.now
        )
        why = left_alone.get(case.id) if to_visit else KeptOut.TREATMENT
        if verdict.outcome is not Outcome.ALLOWED:
            why = KeptOut.LAW
        why = why or _in_the_way(visit, case, staff, bookings, has_none=visit.case_id in free)
        for taken in () if why else taken_by(visit, place_of(case)):
            bookings.add(taken)
        found.append(Checked(visit, why, verdict))
    return found


def _in_the_way(
    visit: Any, case: CaseFile, staff: Roster, bookings: Bookings, *, has_none: bool
) -> KeptOut | None:
    """Say why a proposal does not hold any more: its people do not work then, or are on another visit."""
    span, both = (visit.starts_at, visit.ends_at), {visit.collector_id, visit.safety_officer_id}
    if sum(one.works(*span) for one in staff.colleagues if one.id in both) < len(both):
        return KeptOut.HOURS
    free = all(bookings.is_free(person, *span, place_of(case)) for person in both)
    return None if has_none and free else KeptOut.BOOKED


def _timers(visit: Any, now: datetime) -> list[dict[str, Any]]:
    """The notice as soon as it may go; and a last look at the moment after which it would come too late."""
    return [
        timer_row("start_notice", visit.id, now, "start", visit.sequence),
        timer_row("notice_deadline", visit.id, visit.starts_at, "deadline", visit.sequence),
    ]
