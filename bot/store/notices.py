"""Notices that customers were given on paper, as the rules name them: of the start of collection, for instance."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import insert, select

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import notices


async def put(tx: Tx, row: Row) -> None:
    """Keep a notice."""
    await tx.execute(insert(notices).values(row))


async def of_cases(tx: Tx, case_ids: Collection[int]) -> Sequence[Any]:
    """Return every notice that customers were given, oldest first."""
    statement = select(notices).where(notices.c.case_id.in_(case_ids))
    return (await tx.execute(statement.order_by(notices.c.given_at, notices.c.id))).all()
