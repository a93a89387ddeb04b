"""What comes next: timers and messages by the time at which they are due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, literal, select, union

from bot.store.engine import Tx
from bot.store.tables import outbox, timers

_NOW = bindparam("now", type_=timers.c.due_at.type)
_DUE = union(
    select(timers.c.kind).where(timers.c.status == "waiting", timers.c.due_at <= _NOW),
    select(literal("message")).where(outbox.c.state == "ready", outbox.c.not_before <= _NOW),
)


class Upcoming(NamedTuple):
    """When something is due (aware UTC), and what kind of timer it is; a message is a `message`."""

    at: datetime
    kind: str


async def first(tx: Tx, after: datetime | None = None) -> Upcoming | None:
    """Return what is due first of all that waits, or of what is due later than an instant."""
    timer = select(timers.c.due_at, timers.c.kind).where(timers.c.status == "waiting")
    message = select(outbox.c.not_before).where(outbox.c.state == "ready")
    if after is not None:
        timer, message = timer.where(timers.c.due_at > after), message.where(outbox.c.not_before > after)
    soonest = (await tx.execute(timer.order_by(timers.c.due_at).limit(1))).one_or_none()
    leaves = (await tx.execute(message.order_by(outbox.c.not_before).limit(1))).scalar_one_or_none()
    found = [Upcoming(soonest.due_at, soonest.kind)] if soonest is not None else []
    found += [Upcoming(leaves, "message")] if leaves is not None else []
    return min(found, default=None)


async def due(tx: Tx, now: datetime) -> set[str]:
    """Return what may be done by an instant: kinds of timers, and `message` where one may leave."""
    return set((await tx.execute(_DUE, {"now": now})).scalars())


async def overdue(tx: Tx, now: datetime) -> bool:
    """Is there anything left that was due by an instant, or is a message on its way out?"""
    timer = select(func.count()).where(timers.c.status == "waiting", timers.c.due_at <= now)
    waiting = outbox.c.state.in_(("ready", "queued", "sending")) & (outbox.c.not_before <= now)
    counts = [(await tx.execute(one)).scalar_one() for one in (timer, select(func.count()).where(waiting))]
    return any(counts)


async def timers_of(tx: Tx, subjects: Sequence[int]) -> Sequence[Any]:
    """Return the timers of these subjects (conversations, visits, cases) that wait, the soonest first."""
    where = (timers.c.status == "waiting") & timers.c.subject_id.in_(subjects)
    return (await tx.execute(select(timers).where(where).order_by(timers.c.due_at))).all()


async def messages_of(tx: Tx, chat_id: int) -> Sequence[Any]:
    """Return the messages to a chat that have not left yet, the soonest first."""
    where = (outbox.c.chat_id == chat_id) & outbox.c.state.in_(("ready", "queued"))
    return (await tx.execute(select(outbox).where(where).order_by(outbox.c.not_before, outbox.c.id))).all()
