"""Calls that schedulers made to customers, outside any chat."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import calls


async def put(tx: Tx, row: Row) -> None:
    """Keep a call."""
    await tx.execute(insert(calls).values(row))


async def of_cases(tx: Tx, case_ids: Collection[int], since: datetime) -> Sequence[Any]:
    """Return the calls to customers from an instant on, oldest first."""
    where = calls.c.case_id.in_(case_ids) & (calls.c.at >= since)
    return (await tx.execute(select(calls).where(where).order_by(calls.c.at, calls.c.id))).all()


async def of_case(tx: Tx, case_id: int, since: datetime) -> Sequence[Any]:
    """Return the calls to one customer, as `of_cases` does."""
    return await of_cases(tx, [case_id], since)
