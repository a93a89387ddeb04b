"""Evidence: a row for each thing that was sent in, whatever became of it.

received -> kept; or same (it is kept already), refused, lost (Telegram did not give it).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, locked
from bot.store.tables import cases, evidence


async def add(tx: Tx, row: Row) -> None:
    """Note a piece of evidence."""
    await tx.execute(insert(evidence).values(row))


async def by_id(tx: Tx, evidence_id: int) -> Any | None:
    """Return a piece of evidence."""
    return (await tx.execute(select(evidence).where(evidence.c.id == evidence_id))).one_or_none()


async def of_case(tx: Tx, case_id: int) -> Sequence[Any]:
    """Return all that was sent in about a case, oldest first."""
    where = evidence.c.case_id == case_id
    return (await tx.execute(select(evidence).where(where).order_by(evidence.c.said_at, evidence.c.id))).all()


async def of_visit(tx: Tx, visit_id: int) -> Sequence[Any]:
    """Return all that was sent in during a visit, oldest first."""
    where = evidence.c.visit_id == visit_id
    return (await tx.execute(select(evidence).where(where).order_by(evidence.c.said_at, evidence.c.id))).all()


async def of_album(tx: Tx, chat_id: int, album: str) -> Sequence[Any]:
    """Return what was sent as one album."""
    where = (evidence.c.chat_id == chat_id) & (evidence.c.album == album)
    return (await tx.execute(select(evidence).where(where).order_by(evidence.c.id))).all()


async def of_unique(tx: Tx, case_id: int, unique_ref: str) -> Any | None:
    """Return the piece of this case that is the same file of Telegram's and is kept: another may still be lost."""
    where = (evidence.c.case_id == case_id) & (evidence.c.unique_ref == unique_ref)
    where &= evidence.c.state == "kept"
    return (await tx.execute(select(evidence).where(where).order_by(evidence.c.id).limit(1))).one_or_none()


async def gaps_of(tx: Tx, person_id: int, since: datetime) -> Sequence[Any]:
    """Return the pieces of somebody that were refused or lost, and in whose place nothing has come yet."""
    other = evidence.alias()
    where = (evidence.c.person_id == person_id) & (evidence.c.said_at >= since)
    where &= evidence.c.state.in_(("refused", "lost"))
    where &= ~select(other.c.id).where(other.c.first_id == evidence.c.id).exists()
    return (await tx.execute(select(evidence).where(where).order_by(evidence.c.id))).all()


async def of_hash(tx: Tx, case_id: int, sha256: bytes) -> Any | None:
    """Return the piece of this case that has the same content; until the commit no other can be kept beside it."""
    await tx.execute(locked(select(cases.c.id).where(cases.c.id == case_id)))
    where = (evidence.c.case_id == case_id) & (evidence.c.sha256 == sha256) & (evidence.c.state == "kept")
    return (await tx.execute(select(evidence).where(where).order_by(evidence.c.id).limit(1))).one_or_none()


async def last_places(tx: Tx, person_id: int, limit: int) -> Sequence[Any]:
    """Return the places that this person has told last, at whatever visit, the newest first."""
    where = (evidence.c.person_id == person_id) & (evidence.c.kind == "location")
    newest = select(evidence).where(where).order_by(evidence.c.said_at.desc(), evidence.c.id.desc())
    return (await tx.execute(newest.limit(limit))).all()


async def count_before(tx: Tx, visit_id: int, person_id: int, kind: str, evidence_id: int) -> int:
    """Return how many pieces of a kind somebody had sent in during a visit before this one."""
    where = (evidence.c.visit_id == visit_id) & (evidence.c.person_id == person_id)
    where &= (evidence.c.kind == kind) & (evidence.c.id < evidence_id)
    statement = select(func.count()).select_from(evidence).where(where)
    return int((await tx.execute(statement)).scalar_one())


def _waiting(now: datetime, wall: datetime) -> Any:
    free = or_(evidence.c.held_until.is_(None), evidence.c.held_until < wall)
    return (evidence.c.state == "received") & (evidence.c.due_at <= now) & free


async def waits(tx: Tx, now: datetime, wall: datetime) -> bool:
    """Is there anything to fetch?"""
    statement = select(evidence.c.id).where(_waiting(now, wall)).limit(1)
    return (await tx.execute(statement)).first() is not None


async def claim(tx: Tx, now: datetime, wall: datetime, until: datetime, limit: int) -> Sequence[Any]:
    """Hold what is due to be fetched until `until` (of the wall clock, as `wall`), and count the attempt."""
    statement = select(evidence).where(_waiting(now, wall)).order_by(evidence.c.due_at).limit(limit)
    rows: Sequence[Any] = (await tx.execute(locked(statement, skip=True))).all()
    if rows:
        where = evidence.c.id.in_([row.id for row in rows])
        values = {"held_until": until, "attempts": evidence.c.attempts + 1}
        await tx.execute(update(evidence).where(where).values(values))
    return rows


async def release(tx: Tx) -> None:
    """Let go of what a dead process held: there is no other one."""
    await tx.execute(update(evidence).where(evidence.c.held_until.is_not(None)).values(held_until=None))


async def settle(tx: Tx, evidence_id: int, **columns: Any) -> bool:
    """Write down how a fetch ended and let it go; return whether it still waited for that."""
    where = (evidence.c.id == evidence_id) & (evidence.c.state == "received")
    done = await tx.execute(update(evidence).where(where).values(held_until=None, **columns))
    return done.rowcount == 1
