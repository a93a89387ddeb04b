"""Payments."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import payments


async def add(tx: Tx, rows: Sequence[Row]) -> None:
    """Record payments."""
    if rows:
        await tx.execute(insert(payments), list(rows))


async def known(tx: Tx, case_ids: Sequence[int], references: Sequence[str]) -> Sequence[Any]:
    """Return the payments that have one of these references, and all those of these cases."""
    where = payments.c.reference.in_(references) | payments.c.case_id.in_(case_ids)
    return (await tx.execute(select(payments).where(where))).all()


async def total_since(tx: Tx, case_id: int, since: datetime) -> int:
    """Return what was recorded for a case since then, in minor units."""
    where = (payments.c.case_id == case_id) & (payments.c.recorded_at >= since)
    return int(
        (await tx.execute(select(func.coalesce(func.sum(payments.c.amount), 0)).where(where))).scalar_one()
    )


async def of_case(tx: Tx, case_id: int) -> Sequence[Any]:
    """Return every payment of a case, oldest first."""
    statement = select(payments).where(payments.c.case_id == case_id).order_by(payments.c.paid_at)
    return (await tx.execute(statement)).all()
