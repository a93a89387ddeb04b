"""The hours of the week that do not suit a customer."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from bot.store.engine import Tx
from bot.store.statements import Row, among
from bot.store.tables import barred_times

_OF_CASES = (
    select(barred_times)
    .where(among(barred_times.c.case_id))
    .order_by(barred_times.c.weekday, barred_times.c.opens)
)


async def of_case(tx: Tx, case_id: int) -> Sequence[Any]:
    """Return a case's barred hours, in the order of the week."""
    return await of_cases(tx, [case_id])


async def of_cases(tx: Tx, case_ids: Collection[int]) -> Sequence[Any]:
    """Return the barred hours of cases, each in the order of the week."""
    return (await tx.execute(_OF_CASES, {"case_ids": case_ids})).all()


async def replace(tx: Tx, case_id: int, rows: Sequence[Row]) -> None:
    """Let `rows` be a case's barred hours from now on."""
    await tx.execute(delete(barred_times).where(barred_times.c.case_id == case_id))
    if rows:
        await tx.execute(insert(barred_times), list(rows))
