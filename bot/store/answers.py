"""Answers: insert-only, so that a correction never hides what was said before."""

from collections.abc import Sequence

from sqlalchemy import insert

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import answers


async def put(tx: Tx, rows: Sequence[Row]) -> None:
    """Keep answers."""
    if rows:
        await tx.execute(insert(answers), list(rows))
