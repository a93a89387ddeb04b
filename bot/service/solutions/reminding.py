"""Reminders of instalments: a timer for each, which begins its own conversation some days ahead."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.service.timer_row import timer_row
from bot.store import promises, timers
from flows.rules import Purpose

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch
    from bot.service.desk.cases.casefile import CaseFile

KIND = "instalment"
AHEAD = (3, 1, 0)  # days before the due day; `follow_up` has a question for each
AT = time(10)  # local wall time of the case; the gate moves it where it must
_AFTER_ACCEPTING = timedelta(hours=12)  # nobody is reminded of what they have just agreed to


async def remind_of(batch: "Batch", case: "CaseFile", rows: Sequence[Any]) -> None:
    """Set a timer for each instalment: three days ahead, or nearer where it is due sooner."""
    zone, soon = ZoneInfo(case.timezone), batch.now + _AFTER_ACCEPTING
    set_for = []
    for row in rows:
        times = (datetime.combine(row.due_on - timedelta(days=days), AT, zone) for days in AHEAD)
        due_at = next((one for one in times if one > soon), None)
        if due_at is not None:
            set_for.append(timer_row(KIND, row.id, due_at))
    await timers.put(batch.tx, set_for)


async def forget(batch: "Batch", rows: Sequence[Any]) -> None:
    """Cancel the timers of instalments that are not due any more."""
    for row in rows:
        await timers.cancel_subject(batch.tx, KIND, row.id)


async def begin(batch: "Batch", timer: Any) -> bool:
    """An instalment draws near: begin its reminders, unless it is paid, there is no chat, or they said stop.

    Who is held out of reminders gets them from the day itself on.
    """
    from bot.service.conversations.talk import Talk  # noqa: PLC0415 - a talk knows what scripts can have done
    from bot.service.customer.stop import has_stopped  # noqa: PLC0415 - it ends conversations, and so knows a talk
    from bot.service.desk.evaluation.held_out import held_out_of_reminders  # noqa: PLC0415 - so does a standing

    promise = await promises.by_id(batch.tx, timer.subject_id)
    if promise is None or promise.status != "open":
        return True
    case = await batch.case(promise.case_id)
    if case.chat_id is None or case.identified_at is None or await has_stopped(batch, case.id):
        return True
    on_the_day = datetime.combine(promise.due_on, AT, ZoneInfo(case.timezone))
    if batch.now < on_the_day and await held_out_of_reminders(batch, [case.id]):
        await timers.postpone(batch.tx, timer.id, on_the_day.astimezone(UTC))
        return False
    await batch.load([case.chat_id])
    talk = Talk(batch, case.chat_id)
    async with talk.savepoint:
        await talk.begin(
            "follow_up",
            case_id=case.id,
            visit_id=promise.visit_id,
            unasked=True,
            purpose=Purpose.REMINDER,
            values={"promise_id": promise.id},
        )
    batch.changes.add(talk.changes)
    return True
