"""Days on which somebody of the staff is off."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import absences


async def put(tx: Tx, row: Row) -> None:
    """Note an absence."""
    await tx.execute(insert(absences).values(row))


async def since(tx: Tx, day: date) -> Sequence[Any]:
    """Return every absence that is not over before this day, the earliest first."""
    where = absences.c.cancelled_at.is_(None) & (absences.c.last_day >= day)
    order = (absences.c.first_day, absences.c.id)
    return (await tx.execute(select(absences).where(where).order_by(*order))).all()


async def cancel(tx: Tx, person_id: int, day: date, at: datetime) -> int:
    """Take back a person's absences that are not over before this day; return how many there were."""
    where = (absences.c.person_id == person_id) & (absences.c.last_day >= day)
    where &= absences.c.cancelled_at.is_(None)
    return (await tx.execute(update(absences).where(where).values(cancelled_at=at))).rowcount
