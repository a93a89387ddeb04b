"""Timers: rows with a due time, found by their index however many wait."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, insert, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, locked
from bot.store.tables import timers

# In the value and not in the condition: among a million waiting rows SQLite would take the status for the index.
_CANCELLED = case((timers.c.status == "waiting", "cancelled"), else_=timers.c.status)

# Kinds whose work takes a while, and has a worker of its own.
SLOW = ("report", "visit_pack", "agreement_paper", "their_data", "evaluation")


async def put(tx: Tx, rows: Sequence[Row]) -> None:
    """Set timers."""
    if rows:
        await tx.execute(insert(timers), list(rows))


async def cancel(tx: Tx, keys: Sequence[tuple[int, str]]) -> None:
    """Cancel conversations' timers, each by conversation and key."""
    if keys:
        where = (timers.c.subject_id == bindparam("subject")) & (timers.c.key == bindparam("name"))
        where &= timers.c.kind == "session"
        rows = [{"subject": subject_id, "name": key} for subject_id, key in keys]
        await tx.execute(update(timers).where(where).values(status=_CANCELLED), rows)


async def cancel_subject(tx: Tx, kind: str, subject_id: int) -> None:
    """Cancel every waiting timer of a kind about one subject."""
    where = (timers.c.kind == kind) & (timers.c.subject_id == subject_id)
    await tx.execute(update(timers).where(where).values(status=_CANCELLED))


async def rename(tx: Tx, subject_id: int, keys: Mapping[str, str]) -> None:
    """Give waiting timers of a conversation other keys, old to new."""
    for old, new in keys.items():
        where = (timers.c.kind == "session") & (timers.c.subject_id == subject_id) & (timers.c.key == old)
        await tx.execute(update(timers).where(where & (timers.c.status == "waiting")).values(key=new))


async def due(tx: Tx, now: datetime, limit: int) -> Sequence[Any]:
    """Return what is due, earliest first, held until the commit so that no other process takes it."""
    where = (timers.c.status == "waiting") & (timers.c.due_at <= now) & timers.c.kind.not_in(SLOW)
    statement = select(timers).where(where).order_by(timers.c.due_at).limit(limit)
    rows: Sequence[Any] = (await tx.execute(locked(statement, skip=True))).all()
    return rows


async def next_slow(tx: Tx, kind: str, now: datetime) -> Any | None:
    """Return the earliest timer of a slow kind that is due."""
    where = (timers.c.status == "waiting") & (timers.c.due_at <= now) & (timers.c.kind == kind)
    return (await tx.execute(select(timers).where(where).order_by(timers.c.due_at).limit(1))).one_or_none()


async def finish(tx: Tx, timer_ids: Sequence[int]) -> None:
    """Mark timers that were due as done."""
    if timer_ids:
        await tx.execute(update(timers).where(timers.c.id.in_(timer_ids)).values(status="done"))


async def postpone(tx: Tx, timer_id: int, due_at: datetime, *, turn: int | None = None) -> None:
    """Let a timer wait until a later time; `turn`: how often its work has been done."""
    counted = {} if turn is None else {"turn": turn}
    await tx.execute(update(timers).where(timers.c.id == timer_id).values(due_at=due_at, **counted))


async def fault(tx: Tx, timer_id: int) -> int:
    """Count a failed attempt; return how many there were."""
    statement = update(timers).where(timers.c.id == timer_id).values(attempts=timers.c.attempts + 1)
    return int((await tx.execute(statement.returning(timers.c.attempts))).scalar_one())


async def count_waiting(tx: Tx) -> int:
    """Return how many timers wait."""
    statement = select(func.count()).where(timers.c.status == "waiting")
    return int((await tx.execute(statement)).scalar_one())
