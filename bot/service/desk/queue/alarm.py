"""An alarm rings every minute until somebody takes it, for the desk on duty and up the ladder of named people."""

from datetime import timedelta
from typing import Any

from bot.service.audit_line import SYSTEM, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.desk.queue import ladder
from bot.service.desk.queue.drill_result import drill_missed
from bot.service.desk.queue.kinds import DRILL
from bot.service.desk.queue.shown import show
from bot.service.outbound.outgoing import Lane
from bot.service.timer_row import timer_row
from bot.store import alerts, timers

EVERY_MINUTE = timedelta(minutes=1)
LATER = timedelta(minutes=15)  # once it has rung for an hour
HOUR = timedelta(hours=1)
EVERYBODY = 1000  # rungs: more than any ladder has, so that none is new


async def sound(batch: Batch, changes: Changes, alarm_id: int, *, fresh: bool) -> None:
    """Tell of an alarm at once, and let a new one ring on until somebody has it."""
    alarm = await alerts.by_id(batch.tx, alarm_id)
    if alarm is not None:
        told = await ring(batch, changes, alarm, told=0 if fresh else EVERYBODY)
        if fresh:
            await go_on_ringing(batch, alarm_id, told=told)


async def ring(batch: Batch, changes: Changes, alarm: Any, *, told: int = 0) -> int:
    """Tell everybody whom this alarm has reached; return the number of rungs, `told` being those told before.

    Each new rung is written down: who was told, and when.
    """
    rungs = await ladder.rungs(batch, without=alarm.subject_id)
    reached = await ladder.height(batch, alarm, len(rungs))
    for person in (person for rung in rungs[:reached] for person in rung):
        await show(batch, changes, person, alarm.id, full=False, lane=Lane.SAFETY)
    for number, rung in enumerate(rungs[told:reached], told + 1):
        data = {"item": alarm.id, "item_kind": alarm.kind, "rung": number, "people": [one.id for one in rung]}
        changes.audit.append(
            audit_line(batch.now, SYSTEM, "alarm.rang", About(alarm.case_id, alarm.visit_id), **data)
        )
    return reached


async def go_on_ringing(batch: Batch, alarm_id: int, *, told: int) -> None:
    """Let an alarm ring again in a minute, and go on until somebody has it; `told` rungs know of it by now."""
    await timers.put(batch.tx, [timer_row("alarm", alarm_id, batch.now + EVERY_MINUTE, "ring", told)])


async def ring_again(batch: Batch, row: Any) -> bool:
    """A ring is due; return whether the timer is done: somebody has the alarm, or it is closed."""
    alarm = await alerts.by_id(batch.tx, row.subject_id)
    if alarm is None or alarm.closed_at is not None or alarm.taken_by is not None:
        return True
    await batch.load([])
    if alarm.kind == DRILL and batch.now - alarm.opened_at >= HOUR:
        await drill_missed(batch, batch.changes, alarm)
        return True
    told = await ring(batch, batch.changes, alarm, told=row.turn)
    pause = EVERY_MINUTE if batch.now - alarm.opened_at < HOUR else LATER
    await timers.postpone(batch.tx, row.id, batch.now + pause, turn=told)
    return False
