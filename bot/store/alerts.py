"""What waits for a person: raised once, taken by one, settled with a note, and never removed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, exists, func, insert, literal, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, insert_one
from bot.store.tables import alert_messages, alerts, batch_cases, outbox
from bot.store.types import UtcDateTime

_OPEN = alerts.c.closed_at.is_(None)
_SAME = select(alerts.c.id).where(_OPEN, alerts.c.about == bindparam("about"))
_BY_ID = select(alerts).where(alerts.c.id == bindparam("id"))
_LATER = outbox.alias()
_EDITED = exists().where(
    _LATER.c.chat_id == outbox.c.chat_id,
    _LATER.c.message_id == outbox.c.message_id,
    _LATER.c.id > outbox.c.id,
)
_SHOWN = (
    select(outbox.c.chat_id, outbox.c.message_id, alert_messages.c.full)
    .join_from(alert_messages, outbox, outbox.c.id == alert_messages.c.outbox_id)
    .where(alert_messages.c.alert_id == bindparam("alert_id"), outbox.c.message_id.is_not(None), ~_EDITED)
    .order_by(outbox.c.id)
)


async def open_alert(tx: Tx, row: Row, *, per_subject: bool = False) -> tuple[int, bool]:
    """Open an alert; return its id and whether it is new: the same may be open already.

    The same is one of this kind about this case, and about this subject where `per_subject`.
    """
    subject = row["subject_id"] if per_subject else None
    about = f"{row['kind']}:{row['case_id'] or 0}:{subject or 0}"
    while (found := (await tx.execute(_SAME, {"about": about})).scalar_one_or_none()) is None:
        if await insert_one(tx, alerts, row | {"about": about}):
            return int(row["id"]), True
        # Somebody else has opened it since we looked; if it is closed already as well, the next turn opens ours.
    return int(found), False


async def by_id(tx: Tx, alert_id: int) -> Any | None:
    """Return an alert."""
    return (await tx.execute(_BY_ID, {"id": alert_id})).one_or_none()


async def open_of_case(tx: Tx, case_id: int, kinds: Sequence[str]) -> Sequence[Any]:
    """Return the open alerts of these kinds about a case."""
    return await open_of_cases(tx, [case_id], kinds)


async def open_of_cases(tx: Tx, case_ids: Collection[int], kinds: Sequence[str]) -> Sequence[Any]:
    """Return the open alerts of these kinds about cases."""
    where = _OPEN & alerts.c.case_id.in_(case_ids) & alerts.c.kind.in_(kinds)
    return (await tx.execute(select(alerts).where(where))).all() if case_ids else []


async def open_ones(tx: Tx, urgency: Mapping[str, int], limit: int, offset: int = 0) -> Sequence[Any]:
    """Return the open alerts by the `urgency` of their kinds, the lowest number first, then the oldest."""
    rank = case(dict(urgency), value=alerts.c.kind, else_=max(urgency.values()))
    statement = select(alerts).where(_OPEN).order_by(rank, alerts.c.opened_at, alerts.c.id)
    return (await tx.execute(statement.limit(limit).offset(offset))).all()


async def since(tx: Tx, kinds: Sequence[str], at: datetime) -> Sequence[Any]:
    """Return the alerts of these kinds that were opened since then, open or closed."""
    where = alerts.c.kind.in_(kinds) & (alerts.c.opened_at >= at)
    return (await tx.execute(select(alerts).where(where))).all()


class Count(NamedTuple):
    """How many items of a kind are open, and how many of these somebody has taken."""

    open: int
    taken: int


async def count_open(tx: Tx) -> Mapping[str, Count]:
    """Return the counts of open alerts by kind."""
    statement = select(alerts.c.kind, func.count(), func.count(alerts.c.taken_by)).where(_OPEN)
    return {row[0]: Count(row[1], row[2]) for row in await tx.execute(statement.group_by(alerts.c.kind))}


async def take(tx: Tx, alert_id: int, person_id: int, at: datetime, *, over: int | None = None) -> bool:
    """Take an alert; False when somebody else has it or it is closed.

    `over` names the colleague whom it is taken over from: it must still be theirs.
    """
    where = (alerts.c.id == alert_id) & _OPEN
    mine_or_free = alerts.c.taken_by.is_(None) | (alerts.c.taken_by == person_id)
    where &= mine_or_free if over is None else alerts.c.taken_by == over
    first = func.coalesce(alerts.c.acknowledged_at, literal(at, UtcDateTime()))
    values = {"taken_by": person_id, "taken_at": at, "acknowledged_at": first}
    return (await tx.execute(update(alerts).where(where).values(values))).rowcount == 1


async def put_back(tx: Tx, alert_id: int, person_id: int) -> bool:
    """Give back what this person took; False when they do not have it."""
    where = (alerts.c.id == alert_id) & _OPEN & (alerts.c.taken_by == person_id)
    values = {"taken_by": None, "taken_at": None}
    return (await tx.execute(update(alerts).where(where).values(values))).rowcount == 1


async def settle(
    tx: Tx, alert_id: int, person_id: int, note_enc: bytes | None, at: datetime, *, verdict: str | None = None
) -> bool:
    """Close an alert that is free or this person's, with what they noted; False when it is neither.

    `verdict` is what an alarm was: real, false_alarm, drill.
    """
    mine_or_free = alerts.c.taken_by.is_(None) | (alerts.c.taken_by == person_id)
    values = {"closed_at": at, "closed_by": person_id, "note_enc": note_enc, "verdict": verdict}
    where = (alerts.c.id == alert_id) & _OPEN & mine_or_free
    return (await tx.execute(update(alerts).where(where).values(values))).rowcount == 1


async def settle_itself(tx: Tx, alert_ids: Sequence[int], at: datetime) -> None:
    """Close alerts whose cause is gone, whoever has them."""
    if alert_ids:
        where = alerts.c.id.in_(alert_ids) & _OPEN
        await tx.execute(update(alerts).where(where).values(closed_at=at))


async def settled_with_batch(tx: Tx, batch: Any, kinds: Sequence[str]) -> Sequence[Any]:
    """Return the alerts of these kinds that have settled themselves since a file came, about its cases."""
    mine = select(batch_cases.c.case_id).where(batch_cases.c.batch_id == batch.id)
    where = alerts.c.case_id.in_(mine) & alerts.c.kind.in_(kinds)
    where &= alerts.c.closed_by.is_(None) & (alerts.c.closed_at >= batch.created_at)
    return (await tx.execute(select(alerts).where(where).order_by(alerts.c.id))).all()


async def note_message(tx: Tx, alert_id: int, outbox_id: int, *, full: bool) -> None:
    """Note that this message shows this alert."""
    await tx.execute(insert(alert_messages).values(alert_id=alert_id, outbox_id=outbox_id, full=full))


async def messages_of(tx: Tx, alert_id: int) -> Sequence[Any]:
    """Return chat, message and `full` of what shows this alert now: not what was edited into something else."""
    return (await tx.execute(_SHOWN, {"alert_id": alert_id})).all()
