"""What cases were when they were taken in, with their groups in the trials: written once."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import insert, select

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import baselines


async def put(tx: Tx, rows: Sequence[Row]) -> None:
    """Keep what new cases are."""
    if rows:
        await tx.execute(insert(baselines), list(rows))


async def of_cases(tx: Tx, case_ids: Collection[int]) -> Sequence[Any]:
    """Return what is kept of these cases; of those taken in before there were baselines nothing is."""
    return (await tx.execute(select(baselines).where(baselines.c.case_id.in_(case_ids)))).all()


async def held_out(tx: Tx, trial: str, case_ids: Collection[int]) -> Sequence[Any]:
    """Return those of these cases that are held out of a trial."""
    where = baselines.c.case_id.in_(case_ids) & (baselines.c[trial] == "held_out")
    return (await tx.execute(select(baselines).where(where))).all()
