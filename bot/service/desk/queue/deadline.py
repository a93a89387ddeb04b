"""An item that must be done by a day: shown again when the day draws near, and every morning until it is done."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.service.desk.colleagues import desk
from bot.service.desk.queue.card import over
from bot.service.desk.queue.patience import last_day
from bot.service.desk.queue.shown import show
from bot.service.timer_row import timer_row
from bot.store import alerts, timers
from flows.rules import Waiting

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch
    from bot.service.person import Person

KIND = "deadline"
AHEAD = timedelta(days=2)
AT = time(9)  # wall time of the installation


async def watch_deadline(batch: "Batch", item_id: int, case_id: int, due: Waiting) -> None:
    """Set the timer of an item that was just opened and that the rules let wait only so long."""
    day = last_day(batch.inst, await batch.case(case_id), due, batch.now) - AHEAD
    first = max(_morning(batch, datetime.combine(day, AT)), _tomorrow(batch))
    await timers.put(batch.tx, [timer_row(KIND, item_id, first)])


async def draws_near(batch: "Batch", timer: Any) -> bool:
    """Show the item again to whoever has it, to everybody while nobody has or its day is over; go on tomorrow."""
    item = await alerts.by_id(batch.tx, timer.subject_id)
    if item is None or item.closed_at is not None:
        return True
    await batch.load([])
    for person in await _concerned(batch, item):
        await show(batch, batch.changes, person, item.id, full=False)
    await timers.postpone(batch.tx, timer.id, _tomorrow(batch))
    return False


async def _concerned(batch: "Batch", item: Any) -> list["Person"]:
    everybody = list(await desk(batch))
    holder = [one for one in everybody if one.id == item.taken_by]
    return holder if holder and not await over(batch, item) else everybody


def _tomorrow(batch: "Batch") -> datetime:
    here = batch.now.astimezone(ZoneInfo(batch.inst.settings.timezone))
    return _morning(batch, datetime.combine(here.date() + timedelta(days=1), AT))


def _morning(batch: "Batch", wall: datetime) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(batch.inst.settings.timezone)).astimezone(UTC)
