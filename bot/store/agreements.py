"""Agreements: a plan from the moment it was picked until it is kept, or comes to nothing.

`waiting` for somebody to grant it, `shown` to the customer, `accepted`; then `kept`. It ends before that as `refused`
by the lender, `declined` or `taken_back` by the customer, `lapsed` without an answer, or `replaced` by a later one.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import agreements

UNANSWERED = ("waiting", "shown")
LIVE = (*UNANSWERED, "accepted")


async def put(tx: Tx, row: Row) -> None:
    """Take an agreement down."""
    await tx.execute(insert(agreements).values(row))


async def by_id(tx: Tx, agreement_id: int) -> Any | None:
    """Return an agreement."""
    return (await tx.execute(select(agreements).where(agreements.c.id == agreement_id))).one_or_none()


async def live_of(tx: Tx, case_id: int, statuses: Sequence[str] = LIVE) -> Any | None:
    """Return the newest agreement of a case that has one of these statuses."""
    where = (agreements.c.case_id == case_id) & agreements.c.status.in_(statuses)
    statement = select(agreements).where(where).order_by(agreements.c.id.desc()).limit(1)
    return (await tx.execute(statement)).one_or_none()


async def of_case(tx: Tx, case_id: int) -> Sequence[Any]:
    """Return every agreement of a case, oldest first."""
    statement = select(agreements).where(agreements.c.case_id == case_id).order_by(agreements.c.id)
    return (await tx.execute(statement)).all()


async def move(tx: Tx, agreement_id: int, was: Sequence[str], status: str, **values: str | datetime) -> bool:
    """Let an agreement be `status`; False when it was none of `was` any more."""
    where = (agreements.c.id == agreement_id) & agreements.c.status.in_(was)
    statement = update(agreements).where(where).values(status=status, **values)
    return (await tx.execute(statement)).rowcount == 1
