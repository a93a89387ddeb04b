"""A call for help rings again every minute until somebody has taken it, or for an hour: then it tops the queue."""

from datetime import datetime, timedelta
from typing import Any

from bot.service.conversations.batch import Batch
from bot.service.desk.colleagues import desk
from bot.service.desk.queue.alerts import RING_EVERY, show
from bot.service.outbound.outgoing import Lane
from bot.store import alerts, timers

LONGEST = timedelta(hours=1)


async def ring_again(batch: Batch, row: Any) -> bool:
    """A ring is due: tell every scheduler once more, unless somebody has it; return whether the timer is done."""
    alarm = await alerts.by_id(batch.tx, row.subject_id)
    if alarm is None or not _rings(alarm, batch.now):
        return True
    for person in await desk(batch):
        await show(batch, batch.changes, person, alarm.id, full=False, lane=Lane.SAFETY)
    await timers.postpone(batch.tx, row.id, batch.now + RING_EVERY)
    return False


def _rings(alarm: Any, now: datetime) -> bool:
    free = alarm.closed_at is None and alarm.taken_by is None
    return free and now - alarm.opened_at < LONGEST
