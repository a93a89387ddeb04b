"""Chats: whose language, which conversation is typed at, whether they can be reached."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.store.engine import Tx
from bot.store.statements import among
from bot.store.tables import chats

_LOAD = select(chats).where(among(chats.c.chat_id))
_SET_FOREGROUND = (
    update(chats).where(chats.c.chat_id == bindparam("chat")).values(session_id=bindparam("session"))
)


async def load(tx: Tx, chat_ids: Sequence[int]) -> Sequence[Any]:
    """Return the chats."""
    return (await tx.execute(_LOAD, {"chat_ids": chat_ids})).all()


async def set_foreground(tx: Tx, by_chat: Mapping[int, int | None]) -> None:
    """Say which conversation each chat's typed text belongs to."""
    if by_chat:
        rows = [{"chat": chat_id, "session": session_id} for chat_id, session_id in by_chat.items()]
        await tx.execute(_SET_FOREGROUND, rows)


async def set_locale(tx: Tx, chat_id: int, locale: str) -> None:
    """Keep a person's own choice of language."""
    await tx.execute(update(chats).where(chats.c.chat_id == chat_id).values(locale=locale))


async def mark_unreachable(tx: Tx, chat_id: int, why: str, at: datetime) -> None:
    """Note that a chat cannot be written to."""
    values = {"unreachable_at": at, "unreachable_why": why}
    await tx.execute(update(chats).where(chats.c.chat_id == chat_id).values(values))


async def mark_reachable(tx: Tx, chat_id: int) -> None:
    """The chat wrote to us: it can be reached again."""
    values = {"unreachable_at": None, "unreachable_why": None}
    await tx.execute(update(chats).where(chats.c.chat_id == chat_id).values(values))
