"""One-time links, kept as keyed hashes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from bot.store.engine import Tx
from bot.store.statements import Row, insert_new, upsert
from bot.store.tables import invites


async def add(tx: Tx, rows: Sequence[Row]) -> None:
    """Add links; those that exist are left as they are."""
    await insert_new(tx, invites, rows)


async def renew(tx: Tx, rows: Sequence[Row]) -> None:
    """Add customers' links, or let those that exist be valid for longer; a used one stays used."""
    await upsert(tx, invites, rows, "token_hash", keep=("case_id", "created_at"))


async def find(tx: Tx, token_hash: bytes) -> Any | None:
    """Return a link."""
    return (await tx.execute(select(invites).where(invites.c.token_hash == token_hash))).one_or_none()


async def redeem(tx: Tx, token_hash: bytes, chat_id: int, now: datetime) -> str:
    """Use a link up, once; return "fresh" when this call did, else why not: "used" or "expired"."""
    fresh = (invites.c.token_hash == token_hash) & invites.c.used_at.is_(None) & (invites.c.expires_at > now)
    done = await tx.execute(update(invites).where(fresh).values(used_at=now, used_by_chat=chat_id))
    if done.rowcount == 1:
        return "fresh"
    row = await find(tx, token_hash)
    return "used" if row is not None and row.used_at is not None else "expired"
