"""Holds: what keeps contact with a customer from going on."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, among
from bot.store.tables import holds

_OF_CASES = select(holds).where(among(holds.c.case_id)).order_by(holds.c.since, holds.c.id)

_BATCH = "batch:"


async def put(tx: Tx, row: Row) -> None:
    """Open a hold."""
    await tx.execute(insert(holds).values(row))


def by_batch(batch_id: int) -> str:
    """Return who opened a hold that a file brought with it."""
    return f"{_BATCH}{batch_id}"


def came_with_a_file(row: Any) -> bool:
    """Was this hold brought by a file, and not asked for by anybody?"""
    return str(row.opened_by).startswith(_BATCH)


async def by_id(tx: Tx, hold_id: int) -> Any | None:
    """Return a hold."""
    return (await tx.execute(select(holds).where(holds.c.id == hold_id))).one_or_none()


async def active(tx: Tx, case_id: int, at: datetime) -> Sequence[Any]:
    """Return the holds that are in force, oldest first."""
    where = (holds.c.case_id == case_id) & holds.c.lifted_at.is_(None)
    where &= or_(holds.c.until.is_(None), holds.c.until > at)
    return (await tx.execute(select(holds).where(where).order_by(holds.c.since, holds.c.id))).all()


async def of_case(tx: Tx, case_id: int) -> Sequence[Any]:
    """Return every hold that there was on a case, oldest first."""
    return await of_cases(tx, [case_id])


async def of_cases(tx: Tx, case_ids: Collection[int]) -> Sequence[Any]:
    """Return every hold that there was on cases, oldest first."""
    return (await tx.execute(_OF_CASES, {"case_ids": case_ids})).all()


async def lift(tx: Tx, hold_id: int, at: datetime, by: str, reason_enc: bytes | None) -> bool:
    """Lift a hold; False when it is lifted already."""
    where = (holds.c.id == hold_id) & holds.c.lifted_at.is_(None)
    values = {"lifted_at": at, "lifted_by": by, "lift_reason_enc": reason_enc}
    return (await tx.execute(update(holds).where(where).values(values))).rowcount == 1


async def count_by_kind(tx: Tx, at: datetime) -> Mapping[str, int]:
    """Return how many cases are on hold, by kind."""
    where = holds.c.lifted_at.is_(None) & or_(holds.c.until.is_(None), holds.c.until > at)
    statement = select(holds.c.kind, func.count(holds.c.case_id.distinct())).where(where)
    return {row[0]: row[1] for row in await tx.execute(statement.group_by(holds.c.kind))}
