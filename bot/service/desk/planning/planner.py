"""Making the plans that were asked for: seconds of work, so a worker of its own and not the transaction that asks."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.errors import StoreError
from bot.ids import new_id
from bot.log import log
from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.desk.planning.chat import send_plan
from bot.service.desk.planning.plan import propose
from bot.service.desk.planning.replan import replan
from bot.service.desk.planning.texts import FAILED
from bot.service.installation import Installation
from bot.store import leases, plan_runs

LEASE, LEASE_FOR = "planner", timedelta(minutes=2)


async def ask_for_plan(batch: Batch, kind: str, person_id: int | None) -> None:
    """Ask for a plan (`plan`), or for what must be found anew after somebody falls out (`replan`)."""
    row = {"id": new_id(), "kind": kind, "person_id": person_id, "state": "waiting", "created_at": batch.now}
    await plan_runs.put(batch.tx, row)


async def make_waiting(inst: Installation, holder: str = "") -> int:
    """Make the plans that wait; return how many there were. `holder` names this process among several."""
    async with inst.store.read() as tx:
        runs = await plan_runs.waiting(tx)
    if not runs or not await _lease(inst, holder):
        return 0
    for run in runs:
        await _make(inst, run)
    async with inst.store.begin() as tx:
        await leases.release(tx, LEASE, holder)
    return len(runs)


async def _lease(inst: Installation, holder: str) -> bool:
    now = inst.clock.wall()
    async with inst.store.begin() as tx:
        return await leases.take(tx, LEASE, holder, now, now + LEASE_FOR)


async def _make(inst: Installation, run: Any) -> None:
    """Make one plan; a fault costs it an attempt, and after the last one whoever asked is told."""
    try:
        await KINDS[run.kind](inst, run)
        async with inst.store.begin() as tx:
            await plan_runs.finish(tx, run.id, inst.clock.now())
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not keep other plans from being made
        log.error("plan failed", run=run.id, kind=run.kind, error=type(error).__name__)
        async with inst.store.begin() as tx:
            batch = Batch(inst, tx, inst.clock.now())
            if await plan_runs.fault(tx, run.id) and run.person_id is not None:
                await _tell(batch, run.person_id)
            await batch.changes.write(tx)


async def _tell(batch: Batch, person_id: int) -> None:
    await batch.load([])
    person = await batch.person(person_id)
    if person.chat_id is not None:
        await batch.load([person.chat_id])
        await Talk(batch, person.chat_id, changes=batch.changes).say(FAILED)


async def _plan(inst: Installation, run: Any) -> None:
    plan = await propose(inst)
    await send_plan(inst, run.person_id, plan.left_out)


async def _replan(inst: Installation, run: Any) -> None:
    await replan(inst)


KINDS: Mapping[str, Callable[[Installation, Any], Awaitable[None]]] = {"plan": _plan, "replan": _replan}
