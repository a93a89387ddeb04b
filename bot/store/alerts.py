"""What waits for a person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import alerts


async def open_alert(tx: Tx, row: Row) -> bool:
    """Open an alert; False when the same is open already."""
    same = (
        (alerts.c.kind == row["kind"]) & (alerts.c.case_id == row["case_id"]) & alerts.c.closed_at.is_(None)
    )
    if row["subject_id"] is not None:
        same &= alerts.c.subject_id == row["subject_id"]
    if (await tx.execute(select(alerts.c.id).where(same))).first() is not None:
        return False
    await tx.execute(insert(alerts).values(row))
    return True


async def by_id(tx: Tx, alert_id: int) -> Any | None:
    """Return an alert."""
    return (await tx.execute(select(alerts).where(alerts.c.id == alert_id))).one_or_none()


async def open_ones(tx: Tx, limit: int) -> Sequence[Any]:
    """Return the open alerts, urgent ones first, then the oldest."""
    statement = select(alerts).where(alerts.c.closed_at.is_(None))
    return (
        await tx.execute(statement.order_by(alerts.c.urgent.desc(), alerts.c.opened_at).limit(limit))
    ).all()


async def take(tx: Tx, alert_id: int, person_id: int, at: datetime) -> bool:
    """Take an alert; False when somebody else has, or it is closed."""
    where = (alerts.c.id == alert_id) & alerts.c.closed_at.is_(None)
    where &= alerts.c.taken_by.is_(None) | (alerts.c.taken_by == person_id)
    return (
        await tx.execute(update(alerts).where(where).values(taken_by=person_id, taken_at=at))
    ).rowcount == 1


async def close(tx: Tx, alert_id: int, at: datetime) -> bool:
    """Close an alert; False when it is closed already."""
    where = (alerts.c.id == alert_id) & alerts.c.closed_at.is_(None)
    return (await tx.execute(update(alerts).where(where).values(closed_at=at))).rowcount == 1
