"""Calls that schedulers made to customers, outside any chat."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import calls


async def put(tx: Tx, row: Row) -> None:
    """Keep a call."""
    await tx.execute(insert(calls).values(row))


async def of_case(tx: Tx, case_id: int, since: datetime) -> Sequence[Any]:
    """Return the calls to a customer from an instant on, oldest first."""
    where = (calls.c.case_id == case_id) & (calls.c.at >= since)
    return (await tx.execute(select(calls).where(where).order_by(calls.c.at, calls.c.id))).all()
