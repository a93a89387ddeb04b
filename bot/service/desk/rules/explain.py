"""Why: the receipts of a message, a visit or a whole case, as rows with stable field names."""

from typing import Any
from zoneinfo import ZoneInfo

from bot.errors import InputRefused
from bot.service.audit_line import CLI, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.installation import Installation
from bot.store import audit, cases, receipts
from flows.rules import Verdict


async def explain(inst: Installation, what: str) -> list[dict[str, Any]]:
    """Return every receipt about `what`: a case's reference, or the id of a message or visit. The look is logged.

    Times are in the zone of the case. Raises `InputRefused` when nothing is known of it.
    """
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        case = await cases.by_ref(tx, what)
        rows = await receipts.of_case(tx, case.id) if case is not None else []
        if case is None and what.isascii() and what.isdigit() and int(what) < 1 << 63:
            rows = await receipts.about(tx, int(what))
        if not rows and case is None:
            raise InputRefused(
                f"Nothing is known of {what}: write a case reference (`doorstep cases` lists them), "
                "or the id of a message or visit from its receipts."
            )
        about = {row.case_id for row in rows}
        await audit.append(tx, [audit_line(batch.now, CLI, "case.looked_at", About(one)) for one in about])
        judged = set[int]()
        return [await _receipt_row(batch, row, _moment(row, judged)) for row in rows]


def _moment(row: Any, judged: set[int]) -> str | None:
    """Was a message judged when it was put down, or anew when it was to leave? None for anything else.

    `judged` are the messages with a receipt already: these come oldest first, and the first one of a message is kept in
    the transaction that put it down.
    """
    if row.outbox_id is None:
        return None
    moment = "leaving" if row.outbox_id in judged else "queued"
    judged.add(row.outbox_id)
    return moment


async def _receipt_row(batch: Batch, row: Any, moment: str | None) -> dict[str, Any]:
    """Return a receipt as a row: what was asked, what the rules said, which of them, on which facts."""
    case = await batch.case(row.case_id)
    zone = ZoneInfo(case.timezone)
    verdict = Verdict.from_json(row.verdict)
    return {
        "at": row.at.astimezone(zone),
        "case_ref": case.case_ref,
        "about": row.about,
        "moment": moment,
        "purpose": str(verdict.action.purpose),
        "message_id": row.outbox_id,
        "visit_id": row.visit_id,
        "step": row.step,
        "outcome": row.outcome,
        "until": verdict.until.astimezone(zone) if verdict.until else None,
        "rule": str(verdict.bound) if verdict.bound else None,
        "title": verdict.title or None,
        "citation": verdict.citation or None,
        "force": verdict.force or None,
        "status": verdict.status or None,
        "delayed_by": [str(one) for one in verdict.delayed_by],
        "set_aside": [{"rule": str(one.rule), "by": one.by} for one in verdict.set_aside],
        "lines": [one.id for one in verdict.lines],
        "consulted": [str(one) for one in verdict.consulted],
        "facts": dict(verdict.facts_used),
    }
