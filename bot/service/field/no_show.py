"""A confirmed visit that nobody checks in to: the desk is told, and once it is too late the visit is given up."""

from datetime import datetime
from typing import Any

from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.customer.stop import cancel_visits
from bot.service.desk.queue.alerts import alert
from bot.service.desk.queue.patience import patience_for
from bot.store import timers
from flows.rules import Waiting

KIND, ITEM = "no_show", "not_checked_in"


async def expect_team(batch: Batch, visit: Any) -> None:
    """Set the timer that looks whether anybody has come to a visit that was just confirmed, or moved."""
    case = await batch.case(visit.case_id)
    after = patience_for(batch.inst, case.jurisdiction, Waiting.CHECK_IN, batch.now)
    late = visit.ends_at if after is None else min(visit.starts_at + after, visit.ends_at)
    await timers.cancel_subject(batch.tx, KIND, visit.id)
    await timers.put(batch.tx, [_timer(visit.id, "late", late)])


async def team_expected(batch: Batch, row: Any) -> bool:
    """Tell the desk that nobody has come; at the end of the visit, when nobody can check in any more, give it up."""
    visit = await batch.visit(row.subject_id)
    if visit.status != "confirmed" or visit.collector_in_at or visit.safety_officer_in_at:
        return True
    if row.key == "late":
        await batch.load([])
        await alert(batch, batch.changes, ITEM, case_id=visit.case_id, visit_id=visit.id)
        await timers.put(batch.tx, [_timer(visit.id, "over", visit.ends_at)])
    else:
        await cancel_visits(batch, batch.changes, visit.case_id, "nobody_came")
        line = {"at": batch.now, "actor": "system", "kind": "visit.nobody_came", "case_id": visit.case_id}
        batch.changes.audit.append(line | {"visit_id": visit.id, "data": {}})
    return True


def _timer(visit_id: int, key: str, due_at: datetime) -> dict[str, Any]:
    row = {"id": new_id(), "kind": KIND, "subject_id": visit_id, "key": key, "turn": 0}
    return row | {"due_at": due_at, "status": "waiting"}
