"""The log of what happened: insert-only, codes and ids only."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import audit


async def append(tx: Tx, rows: Sequence[Row]) -> None:
    """Write lines."""
    if rows:
        await tx.execute(insert(audit), [{"case_id": None, "visit_id": None, **row} for row in rows])


async def all_rows(tx: Tx) -> Sequence[Any]:
    """Return every line, oldest first."""
    return (await tx.execute(select(audit).order_by(audit.c.seq))).all()
