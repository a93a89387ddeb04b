"""Reminders that a person had sent: whom they were shown, and how far sending is."""

from collections.abc import Sequence
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


async def next_to_look(tx: Tx) -> Any | None:
    """Return the reminder whose preview has waited longest."""
    where = reminders.c.state == "looking"
    return (await tx.execute(select(reminders).where(where).order_by(reminders.c.id).limit(1))).one_or_none()


async def looked(tx: Tx, reminder_id: int, state: str, case_ids: Sequence[int]) -> bool:
    """Note that a preview was made, and for whom; False when it had been already."""
    where = (reminders.c.id == reminder_id) & (reminders.c.state == "looking")
    values = {"state": state, "case_ids": list(case_ids)}
    return (await tx.execute(update(reminders).where(where).values(values))).rowcount == 1


async def decide(tx: Tx, reminder_id: int, at: datetime) -> bool:
    """Let a reminder go out; True once, whatever is tapped twice."""
    where = (reminders.c.id == reminder_id) & reminders.c.sent_at.is_(None) & (reminders.c.state == "shown")
    return (await tx.execute(update(reminders).where(where).values(sent_at=at))).rowcount == 1


async def advance(tx: Tx, reminder_id: int, done: int) -> None:
    """Note how many of its customers have been served."""
    await tx.execute(update(reminders).where(reminders.c.id == reminder_id).values(done=done))
