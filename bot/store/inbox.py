"""Updates, kept before they are confirmed and marked when they are handled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, among, insert_new, locked
from bot.store.tables import chats, inbox

_FINISH = update(inbox).where(among(inbox.c.update_id)).values(handled_at=bindparam("at"))


async def keep(tx: Tx, rows: Sequence[Row]) -> None:
    """Keep updates; one that is known already stays as it is. Their chats become known, too."""
    fresh = {row["chat_id"]: row["received_at"] for row in rows if row["chat_id"] is not None}
    await insert_new(tx, chats, [{"chat_id": chat, "created_at": at} for chat, at in fresh.items()])
    await insert_new(tx, inbox, rows)


async def claim(tx: Tx, limit: int) -> Sequence[Any]:
    """Return updates that wait, oldest first, of chats that no other process is at; the chats are held."""
    rows = await _pending(tx, inbox.c.handled_at.is_(None), limit)
    if tx.dialect.name == "sqlite" or not rows:
        return rows
    statement = select(chats.c.chat_id).where(chats.c.chat_id.in_({row.chat_id for row in rows}))
    held = list((await tx.execute(locked(statement, skip=True))).scalars())
    mine = inbox.c.chat_id.in_(held) | inbox.c.chat_id.is_(None)
    return await _pending(
        tx, inbox.c.handled_at.is_(None) & mine, limit
    )  # seen again, now that they are held


async def _pending(tx: Tx, where: Any, limit: int) -> Sequence[Any]:
    statement = select(inbox).where(where).order_by(inbox.c.update_id).limit(limit)
    return (await tx.execute(statement)).all()


async def finish(tx: Tx, update_ids: Sequence[int], at: datetime) -> None:
    """Mark updates as handled."""
    if update_ids:
        await tx.execute(_FINISH, {"update_ids": update_ids, "at": at})


async def fault(tx: Tx, update_id: int, code: str) -> int:
    """Count a failed attempt; return how many there were."""
    statement = update(inbox).where(inbox.c.update_id == update_id)
    statement = statement.values(attempts=inbox.c.attempts + 1, fault=code)
    return int((await tx.execute(statement.returning(inbox.c.attempts))).scalar_one())
