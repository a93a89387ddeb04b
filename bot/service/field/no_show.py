"""A confirmed visit that not both of the team check in to: the desk is told, and once it is too late it is given up."""

from datetime import datetime, timedelta
from typing import Any

from bot.service.audit_line import SYSTEM, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.customer.stop import cancel_visits
from bot.service.desk.queue.alerts import alert, settle_itself
from bot.service.desk.queue.patience import patience_for
from bot.service.field.from_outside import send_home
from bot.service.timer_row import timer_row
from bot.store import timers
from flows.rules import Waiting

KIND = "no_show"
NOBODY, ONE_MISSING = "not_checked_in", "one_missing"
BEFORE_THE_END = timedelta(minutes=5)  # when one has come in vain: the customer waits, and is to hear of it


async def expect_team(batch: Batch, visit: Any) -> None:
    """Set the timer that looks whether both are there: after a confirmation, a move, and when the first one came."""
    case = await batch.case(visit.case_id)
    after = patience_for(batch.inst, case.jurisdiction, Waiting.CHECK_IN, batch.now)
    late = visit.ends_at if after is None else min(max(visit.starts_at, batch.now) + after, visit.ends_at)
    await timers.cancel_subject(batch.tx, KIND, visit.id)
    await timers.put(batch.tx, [timer_row(KIND, visit.id, late, "late")])


async def one_came(batch: Batch, changes: Changes, visit: Any) -> None:
    """One of the two has checked in: wait for the other, unless they are there already."""
    await settle_itself(batch, changes, visit.case_id, NOBODY, ONE_MISSING)
    if missing_of(visit):
        await expect_team(batch, visit)


async def team_expected(batch: Batch, row: Any) -> bool:
    """Tell the desk who has not come; towards the end of the visit, when it can begin no more, give it up."""
    visit = await batch.visit(row.subject_id)
    missing = missing_of(visit)
    if visit.status != "confirmed" or not missing:
        return True
    await batch.load([])
    if row.key == "late":
        await _tell(batch, visit, missing)
        last = visit.ends_at if len(missing) > 1 else visit.ends_at - BEFORE_THE_END
        await timers.put(batch.tx, [timer_row(KIND, visit.id, last, "over")])
    elif len(missing) == 1:
        await send_home(batch, visit)
    else:
        await _give_up(batch, visit)
    return True


def missing_of(visit: Any) -> list[int]:
    """Return who of the team has not checked in."""
    return [person_id for person_id, came in _sides(visit) if came is None]


def _sides(visit: Any) -> list[tuple[int, datetime | None]]:
    return [
        (visit.collector_id, visit.collector_in_at),
        (visit.safety_officer_id, visit.safety_officer_in_at),
    ]


async def _tell(batch: Batch, visit: Any, missing: list[int]) -> None:
    about = {"case_id": visit.case_id, "visit_id": visit.id}
    if len(missing) == 1:
        await alert(batch, batch.changes, ONE_MISSING, **about, person_id=missing[0])
    else:
        await alert(batch, batch.changes, NOBODY, **about)


async def _give_up(batch: Batch, visit: Any) -> None:
    await cancel_visits(batch, batch.changes, visit.case_id, "nobody_came")
    batch.changes.audit.append(
        audit_line(batch.now, SYSTEM, "visit.nobody_came", About(visit.case_id, visit.id))
    )
