"""Staff."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, among
from bot.store.tables import people

_BY_CHATS = select(people).where(among(people.c.chat_id) & people.c.active)
_BY_IDS = select(people).where(among(people.c.id))
_ACTIVE = select(people).where((people.c.role == bindparam("role")) & people.c.active).order_by(people.c.id)


async def add(tx: Tx, row: Row) -> None:
    """Add a member of staff."""
    await tx.execute(insert(people).values(row))


async def by_chats(tx: Tx, chat_ids: Sequence[int]) -> Sequence[Any]:
    """Return the active staff whose chats these are."""
    return (await tx.execute(_BY_CHATS, {"chat_ids": chat_ids})).all()


async def by_ids(tx: Tx, person_ids: Sequence[int]) -> Sequence[Any]:
    """Return staff by id."""
    return (await tx.execute(_BY_IDS, {"ids": person_ids})).all()


async def active(tx: Tx, role: str) -> Sequence[Any]:
    """Return the active staff of a role, in the order in which they were added."""
    return (await tx.execute(_ACTIVE, {"role": role})).all()


async def everybody(tx: Tx) -> Sequence[Any]:
    """Return the active staff of every role, in the order in which they were added."""
    return (await tx.execute(select(people).where(people.c.active).order_by(people.c.id))).all()


async def by_badge(tx: Tx, badge: str) -> Sequence[Any]:
    """Return the active staff with this badge."""
    where = (people.c.badge == badge) & people.c.active
    return (await tx.execute(select(people).where(where))).all()


async def change(tx: Tx, person_id: int, **columns: Any) -> None:
    """Change columns of a member of staff."""
    await tx.execute(update(people).where(people.c.id == person_id).values(**columns))


async def set_ladder(tx: Tx, person_ids: Sequence[int]) -> None:
    """Put these people on the ladder in this order, and nobody else."""
    await tx.execute(update(people).where(people.c.rung.is_not(None)).values(rung=None))
    for rung, person_id in enumerate(person_ids, 1):
        await change(tx, person_id, rung=rung)


async def set_chat(tx: Tx, person_id: int, chat_id: int) -> None:
    """Sign a member of staff in at a chat; whoever else was signed in there is signed out."""
    await tx.execute(update(people).where(people.c.chat_id == chat_id).values(chat_id=None))
    await tx.execute(update(people).where(people.c.id == person_id).values(chat_id=chat_id))
