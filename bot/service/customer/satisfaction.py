"""Asking how it was: after a visit, and once all is settled; two taps and an optional word, once for each occasion.

Never somebody whose case is on hold, and never twice: silence is an answer, too.
"""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.service.customer.holds import is_on_hold
from bot.service.outbound.gate import judge_message
from bot.service.outbound.receipts import keep
from bot.service.timer_row import timer_row
from bot.store import sessions, timers
from flows.rules import Outcome, Purpose

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch
    from bot.service.desk.cases.casefile import CaseFile

KIND, SCRIPT = "satisfaction", "satisfaction"
VISIT, SETTLED = "visit", "settled"  # the occasions
AT = time(10)  # local wall time of the next day; the gate moves it where it must
STALE = timedelta(days=14)  # who is asked later than that has forgotten


async def ask_after_visit(batch: "Batch", visit: Any) -> None:
    """Ask the customer of a visit that is over, on the next day."""
    await _ask_tomorrow(batch, await batch.case(visit.case_id), VISIT, visit.id)


async def ask_when_settled(batch: "Batch", case_ids: Collection[int]) -> None:
    """Ask the customers of cases that were just paid off, on the next day."""
    for case_id in sorted(case_ids):
        await _ask_tomorrow(batch, await batch.case(case_id), SETTLED, case_id)


async def _ask_tomorrow(batch: "Batch", case: "CaseFile", occasion: str, subject_id: int) -> None:
    if case.chat_id is None:
        return
    zone = ZoneInfo(case.timezone)
    due_at = datetime.combine(batch.now.astimezone(zone).date() + timedelta(days=1), AT, zone)
    await timers.cancel_subject(batch.tx, KIND, subject_id)
    await timers.put(batch.tx, [timer_row(KIND, subject_id, due_at, occasion)])


async def ask(batch: "Batch", timer: Any) -> bool:
    """Ask now, unless the occasion has gone, the rules forbid it, or they were asked before."""
    from bot.service.conversations.talk import Talk  # noqa: PLC0415 - a talk knows what scripts can have done

    visit = await batch.visit(timer.subject_id) if timer.key == VISIT else None
    case = await batch.case(timer.subject_id if visit is None else visit.case_id)
    if not await _may_be_asked(batch, case, visit):
        return True
    verdict = await judge_message(batch, case, Purpose.SATISFACTION, solicited=False)
    if verdict.outcome is not Outcome.ALLOWED:
        keep(batch.changes, verdict, case_id=case.id, visit_id=None if visit is None else visit.id)
        return not await _wait(batch, timer, verdict.until, visit)
    await batch.load([case.chat_id or 0])
    talk = Talk(batch, case.chat_id or 0)
    async with talk.savepoint:
        await talk.begin(
            SCRIPT,
            case_id=case.id,
            visit_id=None if visit is None else visit.id,
            unasked=True,
            purpose=Purpose.SATISFACTION,
            values={"occasion": timer.key},
        )
    batch.changes.add(talk.changes)
    return True


async def _may_be_asked(batch: "Batch", case: "CaseFile", visit: Any | None) -> bool:
    if case.chat_id is None or case.identified_at is None or await is_on_hold(batch, case.id):
        return False
    if visit is None and case.stage != SETTLED:
        return False
    return not await sessions.begun(batch.tx, SCRIPT, case.id, None if visit is None else visit.id)


async def _wait(batch: "Batch", timer: Any, until: datetime | None, visit: Any | None) -> bool:
    """Wait for the next lawful instant, if there is one before it has gone stale."""
    if until is None or (visit is not None and until > visit.ends_at + STALE):
        return False
    await timers.postpone(batch.tx, timer.id, until)
    return True
