"""Receipts: what the rules said about one message, slot or step, kept with it in the same transaction."""

from typing import Any

from bot.ids import new_id
from bot.service.audit_line import SYSTEM, About, audit_line
from bot.service.conversations.changes import Changes
from flows.rules import Verdict


def receipt_of(
    verdict: Verdict,
    *,
    case_id: int,
    outbox_id: int | None = None,
    visit_id: int | None = None,
    session_id: int | None = None,
    step: str | None = None,
) -> dict[str, Any]:
    """Return the row of `receipts` for a verdict and what it is about; `step` is `script/step`."""
    return {
        "id": new_id(),
        "at": verdict.at,
        "about": str(verdict.action.kind),
        "outcome": str(verdict.outcome),
        "case_id": case_id,
        "outbox_id": outbox_id,
        "visit_id": visit_id,
        "session_id": session_id,
        "step": step,
        "verdict": verdict.to_json(),
    }


def keep(changes: Changes, verdict: Verdict, *, case_id: int, **subject: Any) -> int:
    """Keep the receipt of a verdict, and log every rule that a reviewer's override set aside; return its id."""
    receipt = receipt_of(verdict, case_id=case_id, **subject)
    changes.receipts.append(receipt)
    changes.audit += overrides_used(verdict, case_id, subject.get("visit_id"))
    return int(receipt["id"])


def overrides_used(verdict: Verdict, case_id: int, visit_id: int | None) -> list[dict[str, Any]]:
    """Return a line of the log for every rule that did not bind because a reviewer overrode it."""
    return [
        audit_line(
            verdict.at,
            SYSTEM,
            "rule.set_aside",
            About(case_id, visit_id),
            rule=str(one.rule),
            by=one.by,
            on=one.on.isoformat() if one.on else None,
            reason=one.reason,
        )
        for one in verdict.set_aside
    ]
