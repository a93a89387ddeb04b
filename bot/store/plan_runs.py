"""Plans that somebody asked for and that are still to be made: too long a work for the transaction that asks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import plan_runs

MAX_ATTEMPTS = 3
_WAITING = select(plan_runs).where(plan_runs.c.state == "waiting").order_by(plan_runs.c.id)


async def put(tx: Tx, row: Row) -> None:
    """Ask for a plan."""
    await tx.execute(insert(plan_runs).values(row))


async def waiting(tx: Tx) -> Sequence[Any]:
    """Return what was asked for and not made, oldest first."""
    return (await tx.execute(_WAITING)).all()


async def finish(tx: Tx, run_id: int, at: datetime) -> None:
    """Note that a plan is made."""
    await tx.execute(update(plan_runs).where(plan_runs.c.id == run_id).values(state="done", done_at=at))


async def fault(tx: Tx, run_id: int) -> bool:
    """Count a failed attempt; return whether it was the last one."""
    statement = update(plan_runs).where(plan_runs.c.id == run_id).values(attempts=plan_runs.c.attempts + 1)
    attempts = (await tx.execute(statement.returning(plan_runs.c.attempts))).scalar_one()
    if attempts >= MAX_ATTEMPTS:
        await tx.execute(update(plan_runs).where(plan_runs.c.id == run_id).values(state="failed"))
    return bool(attempts >= MAX_ATTEMPTS)
