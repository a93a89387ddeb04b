"""A call that a colleague made to a customer: once however often it is tapped, and counted from then on."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.ids import new_id
from bot.service.desk.cases.casefile import CaseFile
from bot.service.outbound.gate import judge_other_way
from bot.service.outbound.receipts import keep
from bot.store import calls
from flows.rules import Channel, ContactOutcome, Purpose, Verdict

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

SAME_CALL = timedelta(minutes=1)  # taps that lie closer are one call


async def keep_call(
    talk: "Talk",
    case: CaseFile,
    visit_id: int | None,
    outcome: ContactOutcome,
    purpose: Purpose = Purpose.NOTICE,
) -> Verdict:
    """Keep a call of this person of the staff. Return what the rules say of it."""
    batch, person_id = talk.batch, talk.staff.id if talk.staff else 0
    known = await calls.of_case(batch.tx, case.id, batch.now - SAME_CALL)
    verdict = await judge_other_way(batch, case, Channel.PHONE, purpose)
    if any((one.person_id, one.outcome) == (person_id, outcome) for one in known):
        return verdict
    row = {"id": new_id(), "case_id": case.id, "visit_id": visit_id, "person_id": person_id}
    await calls.put(batch.tx, row | {"at": batch.now, "outcome": str(outcome)})
    keep(talk.changes, verdict, case_id=case.id)
    batch.stale(case_id=case.id)
    return verdict
