"""The alarms of some time in figures: what they were, how many were false, how soon somebody took them."""

from datetime import datetime, timedelta
from typing import Any

from bot.casework.alarms import Alarm, AlarmFigures, WasIt, alarm_figures
from bot.service.desk.queue.kinds import DRILL, KINDS
from bot.store import alerts
from bot.store.engine import Tx

DAYS = 90
RINGING = tuple(name for name, kind in KINDS.items() if kind.rings)


async def figures(tx: Tx, now: datetime) -> AlarmFigures:
    """Return the figures of the alarms of the last 90 days."""
    return await figures_between(tx, now - timedelta(days=DAYS), now + timedelta(days=1))


async def figures_between(tx: Tx, start: datetime, end: datetime) -> AlarmFigures:
    """Return the figures of the alarms from `start` up to `end` (exclusive)."""
    rows = await alerts.since(tx, RINGING, start)
    return alarm_figures(_alarm(row) for row in rows if row.opened_at < end)


def _alarm(row: Any) -> Alarm:
    was = WasIt.DRILL if row.kind == DRILL else WasIt(row.verdict) if row.verdict else None
    taken = row.acknowledged_at
    return Alarm(was, None if taken is None else taken - row.opened_at)
