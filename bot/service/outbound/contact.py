"""One contact with a customer: judged, put down with its receipt. There is no other way to write to one."""

from typing import Any

from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.desk.cases.casefile import CaseFile, key_of
from bot.service.desk.queue.alerts import alert
from bot.service.outbound.gate import judge_message
from bot.service.outbound.lines import html_lines_of
from bot.service.outbound.outgoing import State
from bot.service.outbound.post import Parcel, row_of, words_of
from bot.service.outbound.receipts import keep
from flows.rules import Outcome, Verdict


async def to_customer(batch: Batch, changes: Changes, case: CaseFile, parcel: Parcel) -> Verdict:
    """Put down a message to a customer as the rules allow: now, at the next lawful instant, or not at all.

    What is not sent at all is shown to the scheduler, with the reason: nothing is lost in silence.
    """
    verdict = await judge_message(batch, case, parcel.purpose, solicited=not parcel.unasked)
    lines = await html_lines_of(batch, case, verdict) if words_of(parcel.call) else ()
    row = row_of(batch, parcel, key_of(case.id), case_id=case.id, contact=True, lines=lines)
    if verdict.outcome is Outcome.WAIT:
        row["not_before"] = verdict.until
    if verdict.outcome is Outcome.REFUSED or _too_late(row):
        row["state"] = State.WITHDRAWN
    changes.outbox.append(row)
    receipt_id = keep(
        changes,
        verdict,
        case_id=case.id,
        outbox_id=row["id"],
        visit_id=parcel.visit_id,
        session_id=parcel.session_id,
    )
    if row["state"] is State.WITHDRAWN:
        await tell_refused(batch, changes, verdict, receipt_id, case_id=case.id, visit_id=parcel.visit_id)
    return verdict


def _too_late(row: dict[str, Any]) -> bool:
    return row["not_after"] is not None and row["not_before"] > row["not_after"]


async def tell_refused(
    batch: Batch,
    changes: Changes,
    verdict: Verdict,
    receipt_id: int | None,
    *,
    case_id: int,
    visit_id: int | None,
) -> None:
    """Tell the scheduler that the rules keep a message from a customer, and whether it is the channel itself."""
    kind = "channel_barred" if verdict.kind == "channel_permission" else "refused"
    await alert(batch, changes, kind, case_id=case_id, visit_id=visit_id, receipt_id=receipt_id)
