"""Papers that take their time: made one after another beside the conversations, given up after three failures."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.errors import StoreError
from bot.log import log
from bot.service.conversations.batch import Batch
from bot.service.desk.queue.alerts import alert
from bot.service.installation import Installation
from bot.store import timers

TRIES = 3
Make = Callable[[Installation, Any], Awaitable[None]]
GiveUp = Callable[[Batch, Any], Awaitable[None]]


async def next_paper(inst: Installation, kind: str, make: Make, give_up: GiveUp) -> bool:
    """Make the next paper of a kind that is due; return whether there was one.

    `make` finishes its timer in the transaction that sends the paper. One that cannot be made keeps no other waiting.
    """
    async with inst.store.read() as tx:
        row = await timers.next_slow(tx, kind, inst.clock.now())
    if row is None:
        return False
    try:
        await make(inst, row)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not keep other papers from being made
        log.error("paper failed", kind=kind, timer=row.id, error=type(error).__name__)
        await _count(inst, row, give_up)
    return True


async def _count(inst: Installation, row: Any, give_up: GiveUp) -> None:
    async with inst.store.begin() as tx:
        if await timers.fault(tx, row.id) < TRIES:
            return
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        await give_up(batch, row)
        await batch.changes.write(tx)
        await timers.finish(tx, [row.id])


async def tell_desk(batch: Batch, case_id: int, visit_id: int | None = None) -> None:
    """Tell the desk that a paper of a case could not be made."""
    await alert(batch, batch.changes, "paper_failed", case_id=case_id, visit_id=visit_id)
