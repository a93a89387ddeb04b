"""What a person decided about a case's treatment: insert-only, the newest counts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import decisions


async def put(tx: Tx, row: Row) -> None:
    """Keep a decision."""
    await tx.execute(insert(decisions).values(row))


async def newest(tx: Tx, case_ids: Sequence[int]) -> Sequence[Any]:
    """Return the newest decision of each case that has one."""
    latest = select(func.max(decisions.c.id)).where(decisions.c.case_id.in_(case_ids))
    where = decisions.c.id.in_(latest.group_by(decisions.c.case_id))
    return (await tx.execute(select(decisions).where(where))).all()


async def of_case(tx: Tx, case_id: int) -> Sequence[Any]:
    """Return every decision about a case, oldest first."""
    statement = select(decisions).where(decisions.c.case_id == case_id).order_by(decisions.c.id)
    return (await tx.execute(statement)).all()
