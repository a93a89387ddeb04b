"""Holds: what keeps contact with a customer from going on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import holds


async def put(tx: Tx, row: Row) -> None:
    """Open a hold."""
    await tx.execute(insert(holds).values(row))


async def active(tx: Tx, case_id: int, at: datetime) -> Sequence[Any]:
    """Return the holds that are in force."""
    where = (holds.c.case_id == case_id) & holds.c.lifted_at.is_(None)
    where &= or_(holds.c.until.is_(None), holds.c.until > at)
    return (await tx.execute(select(holds).where(where))).all()


async def count_by_kind(tx: Tx, at: datetime) -> Mapping[str, int]:
    """Return how many cases are on hold, by kind."""
    where = holds.c.lifted_at.is_(None) & or_(holds.c.until.is_(None), holds.c.until > at)
    statement = select(holds.c.kind, func.count(holds.c.case_id.distinct())).where(where)
    return {row[0]: row[1] for row in await tx.execute(statement.group_by(holds.c.kind))}
