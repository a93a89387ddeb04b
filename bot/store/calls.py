"""Calls that schedulers made to customers, outside any chat."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from bot.store.engine import Tx
from bot.store.statements import Row, among
from bot.store.tables import calls

_OF_CASES = (
    select(calls)
    .where(among(calls.c.case_id) & (calls.c.at >= bindparam("since")))
    .order_by(calls.c.at, calls.c.id)
)


async def put(tx: Tx, row: Row) -> None:
    """Keep a call."""
    await tx.execute(insert(calls).values(row))


async def of_cases(tx: Tx, case_ids: Collection[int], since: datetime) -> Sequence[Any]:
    """Return the calls to customers from an instant on, oldest first."""
    return (await tx.execute(_OF_CASES, {"case_ids": case_ids, "since": since})).all()


async def of_case(tx: Tx, case_id: int, since: datetime) -> Sequence[Any]:
    """Return the calls to one customer, as `of_cases` does."""
    return await of_cases(tx, [case_id], since)
