"""Notices that customers were given on paper, as the rules name them: of the start of collection, for instance."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import insert, select

from bot.store.engine import Tx
from bot.store.statements import Row, among
from bot.store.tables import notices

_OF_CASES = select(notices).where(among(notices.c.case_id)).order_by(notices.c.given_at, notices.c.id)


async def put(tx: Tx, row: Row) -> None:
    """Keep a notice."""
    await tx.execute(insert(notices).values(row))


async def of_cases(tx: Tx, case_ids: Collection[int]) -> Sequence[Any]:
    """Return every notice that customers were given, oldest first."""
    return (await tx.execute(_OF_CASES, {"case_ids": case_ids})).all()
