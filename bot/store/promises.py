"""Promises to pay: at most one open for each case."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, insert, or_, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, locked
from bot.store.tables import alerts, cases, holds, promises


async def open_of(tx: Tx, case_id: int) -> Any | None:
    """Return the open promise of a case."""
    where = (promises.c.case_id == case_id) & (promises.c.status == "open")
    return (await tx.execute(select(promises).where(where))).one_or_none()


async def open_of_cases(tx: Tx, case_ids: Sequence[int]) -> Sequence[Any]:
    """Return the open promises of cases."""
    where = promises.c.case_id.in_(case_ids) & (promises.c.status == "open")
    return (await tx.execute(select(promises).where(where))).all()


async def broken_of_cases(tx: Tx, case_ids: Collection[int]) -> Sequence[Any]:
    """Return the broken promises of cases, oldest first."""
    where = promises.c.case_id.in_(case_ids) & (promises.c.status == "broken")
    return (await tx.execute(select(promises).where(where).order_by(promises.c.id))).all() if case_ids else []


async def of_case(tx: Tx, case_id: int) -> Sequence[Any]:
    """Return every promise of a case, oldest first."""
    statement = select(promises).where(promises.c.case_id == case_id).order_by(promises.c.id)
    return (await tx.execute(statement)).all()


async def past(tx: Tx, today: date, unless_open: Sequence[str], now: datetime, limit: int) -> Sequence[Any]:
    """Return open promises whose day is over, oldest first, unless a person or a hold has the case already."""
    looked_at = exists().where(
        alerts.c.case_id == promises.c.case_id, alerts.c.closed_at.is_(None), alerts.c.kind.in_(unless_open)
    )
    held = exists().where(
        holds.c.case_id == promises.c.case_id,
        holds.c.lifted_at.is_(None),
        or_(holds.c.until.is_(None), holds.c.until > now),
    )
    where = (promises.c.status == "open") & (promises.c.due_on < today) & ~looked_at & ~held
    return (await tx.execute(select(promises).where(where).order_by(promises.c.due_on).limit(limit))).all()


async def replace_open(tx: Tx, row: Row) -> None:
    """Take a new promise down; an open one is replaced by it."""
    await tx.execute(
        locked(select(cases.c.id).where(cases.c.id == row["case_id"]))
    )  # one at a time for a case
    where = (promises.c.case_id == row["case_id"]) & (promises.c.status == "open")
    await tx.execute(update(promises).where(where).values(status="replaced", closed_at=row["created_at"]))
    await tx.execute(insert(promises).values(row))


async def close(tx: Tx, promise_id: int, status: str, at: datetime) -> None:
    """Close a promise as kept or broken."""
    statement = update(promises).where(promises.c.id == promise_id)
    await tx.execute(statement.values(status=status, closed_at=at))
