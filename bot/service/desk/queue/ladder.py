"""The ladder of an alarm: who is told at once, and who next, one after the other, until somebody takes it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.service.conversations.batch import Batch
from bot.service.desk.planning.roster import colleague
from bot.service.desk.queue.patience import house_patience, patience_for
from bot.service.person import DESK_ROLES, Person, open_person
from bot.store import absences, people
from flows.rules import Waiting

_EARLIER = timedelta(days=2)  # a day off may not be over yet in another zone


async def rungs(batch: Batch, *, without: int | None = None) -> Sequence[Sequence[Person]]:
    """Return who is told at each rung: first the desk on duty, then each person named for the ladder, in order.

    Named people are told when their turn comes and not before; an empty rung is left out. When nobody is left, all
    of the desk are told: an alarm never rings for nobody. `without` is who started it as a drill.
    """
    rows = [
        row for role in DESK_ROLES for row in await people.active(batch.tx, role) if row.chat_id is not None
    ]
    rows = [row for row in rows if row.id != without] or rows
    named = sorted((row for row in rows if row.rung is not None), key=lambda row: row.rung)
    off = await _days_off(batch)
    first = [row for row in rows if row.rung is None and _on_duty(batch, row, off.get(row.id, ()))]
    found = [rung for rung in ([*first], *([row] for row in named)) if rung] or [rows]
    return [[open_person(row, batch.inst.vault) for row in rung] for rung in found]


def _on_duty(batch: Batch, row: Any, off: Sequence[tuple[date, date]]) -> bool:
    return colleague(row, off).works(batch.now, batch.now)


async def _days_off(batch: Batch) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = {}
    for row in await absences.since(batch.tx, (batch.now - _EARLIER).date()):
        found.setdefault(row.person_id, []).append((row.first_day, row.last_day))
    return found


async def height(batch: Batch, alarm: Any, rung_count: int) -> int:
    """Return how many rungs an alarm has reached by now: one more each time that nobody took it for so long."""
    case = await batch.case(alarm.case_id) if alarm.case_id is not None else None
    after = (
        patience_for(batch.inst, case.jurisdiction, Waiting.ALARM, batch.now)
        if case is not None
        else house_patience(batch.inst, Waiting.ALARM, batch.now)
    )
    climbed = (batch.now - alarm.opened_at) // after if after else 0
    return min(rung_count, 1 + climbed)
