"""What the rules said, each time they were asked about a message, a slot or a step. Insert-only.

Only the receipts of a proposal go with it: it bound nobody.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import receipts


async def put(tx: Tx, rows: Sequence[Row]) -> None:
    """Keep receipts."""
    if rows:
        await tx.execute(insert(receipts), list(rows))


async def by_id(tx: Tx, receipt_id: int) -> Any | None:
    """Return a receipt."""
    return (await tx.execute(select(receipts).where(receipts.c.id == receipt_id))).one_or_none()


async def about(tx: Tx, subject_id: int) -> Sequence[Any]:
    """Return the receipts of a message or a visit, by its id, oldest first."""
    return await _ordered(tx, or_(receipts.c.outbox_id == subject_id, receipts.c.visit_id == subject_id))


async def of_case(tx: Tx, case_id: int) -> Sequence[Any]:
    """Return the receipts of a case, oldest first."""
    return await _ordered(tx, receipts.c.case_id == case_id)


async def newest(tx: Tx, case_id: int, limit: int) -> Sequence[Any]:
    """Return the last receipts of a case, the newest first."""
    ordered = (
        select(receipts)
        .where(receipts.c.case_id == case_id)
        .order_by(receipts.c.at.desc(), receipts.c.id.desc())
    )
    return (await tx.execute(ordered.limit(limit))).all()


async def last_obstacle(tx: Tx, subject_id: int) -> int | None:
    """Return the newest receipt that says why something about a visit, or a message, was refused or waits."""
    where = or_(receipts.c.visit_id == subject_id, receipts.c.outbox_id == subject_id)
    where &= receipts.c.outcome != "allowed"
    statement = select(receipts.c.id).where(where).order_by(receipts.c.at.desc(), receipts.c.id.desc())
    return (await tx.execute(statement.limit(1))).scalar_one_or_none()


async def _ordered(tx: Tx, where: Any) -> Sequence[Any]:
    statement = select(receipts).where(where).order_by(receipts.c.at, receipts.c.id)
    return (await tx.execute(statement)).all()


async def between(tx: Tx, start: datetime, end: datetime) -> AsyncIterator[Any]:
    """Yield the receipts from `start` up to `end` (exclusive), oldest first, without holding them all."""
    where = (receipts.c.at >= start) & (receipts.c.at < end)
    statement = select(receipts).where(where).order_by(receipts.c.at, receipts.c.id)
    async for row in await tx.stream(statement):
        yield row
