"""Questions about the whole database that nothing but a rehearsal asks: is anything stuck, doubled or in no state?"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from bot.store.engine import Tx
from bot.store.tables import alerts, cases, chats, holds, inbox, outbox, promises, sessions, timers, visits


async def overdue_messages(tx: Tx, before: datetime) -> int:
    """Return how many messages were due before an instant and have neither left nor been withdrawn."""
    where = outbox.c.state.in_(("ready", "queued", "sending")) & (outbox.c.not_before < before)
    reachable = ~outbox.c.chat_id.in_(select(chats.c.chat_id).where(chats.c.unreachable_at.is_not(None)))
    return int((await tx.execute(select(func.count()).where(where & reachable))).scalar_one())


async def unhandled_updates(tx: Tx) -> int:
    """Return how many updates wait to be handled."""
    where = inbox.c.handled_at.is_(None)
    return int((await tx.execute(select(func.count()).where(where))).scalar_one())


async def waiting_sessions(tx: Tx) -> Sequence[Any]:
    """Return the conversations that are not over: script, version, status, how many timers of theirs wait."""
    timed = select(func.count()).where(
        (timers.c.kind == "session") & (timers.c.subject_id == sessions.c.id) & (timers.c.status == "waiting")
    )
    columns = (
        sessions.c.script,
        sessions.c.version,
        sessions.c.status,
        timed.scalar_subquery().label("timers"),
    )
    return (await tx.execute(select(*columns).where(sessions.c.status != "done"))).all()


async def booked(tx: Tx, statuses: Sequence[str]) -> Sequence[Any]:
    """Return the visits of these statuses with whom they take up, by their beginning."""
    return (
        await tx.execute(select(visits).where(visits.c.status.in_(statuses)).order_by(visits.c.starts_at))
    ).all()


async def all_promises(tx: Tx) -> Sequence[Any]:
    """Return every promise."""
    return (await tx.execute(select(promises).order_by(promises.c.id))).all()


async def open_promises(tx: Tx) -> Sequence[Any]:
    """Return every promise that binds and is neither kept nor broken."""
    where = promises.c.status == "open"
    return (await tx.execute(select(promises).where(where).order_by(promises.c.id))).all()


async def items(tx: Tx) -> int:
    """Return how many items have come into the queue."""
    return int((await tx.execute(select(func.count()).select_from(alerts))).scalar_one())


async def sent_again(tx: Tx) -> dict[int, int]:
    """Return how often a person decided about a message in doubt, by its id: each time it may have left again."""
    where = (alerts.c.kind == "unknown_delivery") & alerts.c.closed_by.is_not(None)
    counted = select(alerts.c.subject_id, func.count()).where(where).group_by(alerts.c.subject_id)
    return {row[0]: row[1] for row in await tx.execute(counted)}


async def stops(tx: Tx) -> Sequence[Any]:
    """Return every stop that a customer said, with when it was lifted."""
    return (await tx.execute(select(holds).where(holds.c.kind == "stop"))).all()


async def faults(tx: Tx) -> int:
    """Return how many items say that something could not be handled."""
    where = alerts.c.kind.in_(("fault", "staff_fault", "paper_failed"))
    return int((await tx.execute(select(func.count()).where(where))).scalar_one())


async def case_refs(tx: Tx) -> dict[int, str]:
    """Return the reference of every case."""
    return {row.id: row.case_ref for row in (await tx.execute(select(cases.c.id, cases.c.case_ref))).all()}
