"""Photos of staff, sealed; beside `people` and not in it, since whoever writes is looked up there at every tap."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from bot.store.engine import Tx
from bot.store.statements import Row, upsert
from bot.store.tables import portraits


async def put(tx: Tx, row: Row) -> None:
    """Keep a person's photo in place of an earlier one."""
    await upsert(tx, portraits, [row], "person_id")


async def remove(tx: Tx, person_id: int) -> bool:
    """Remove a person's photo; return whether there was one."""
    gone = await tx.execute(delete(portraits).where(portraits.c.person_id == person_id))
    return bool(gone.rowcount)


async def of_people(tx: Tx, person_ids: Sequence[int]) -> Sequence[Any]:
    """Return the photos of those who have one."""
    return (await tx.execute(select(portraits).where(portraits.c.person_id.in_(person_ids)))).all()
