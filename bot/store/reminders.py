"""Reminders that a person had sent: whom they were shown, and how far sending is."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import reminders


async def put(tx: Tx, row: Row) -> None:
    """Note whom a reminder would go to."""
    await tx.execute(insert(reminders).values(row))


async def by_id(tx: Tx, reminder_id: int) -> Any | None:
    """Return a reminder."""
    return (await tx.execute(select(reminders).where(reminders.c.id == reminder_id))).one_or_none()


async def decide(tx: Tx, reminder_id: int, at: datetime) -> bool:
    """Let a reminder go out; True once, whatever is tapped twice."""
    where = (reminders.c.id == reminder_id) & reminders.c.sent_at.is_(None)
    return (await tx.execute(update(reminders).where(where).values(sent_at=at))).rowcount == 1


async def advance(tx: Tx, reminder_id: int, done: int) -> None:
    """Note how many of its customers have been served."""
    await tx.execute(update(reminders).where(reminders.c.id == reminder_id).values(done=done))
