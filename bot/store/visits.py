"""Visits, and who is taken when."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, among, locked
from bot.store.tables import people, receipts, visits

LIVE = ("approved", "noticed", "confirmed", "under_way")
GOING_ON = ("confirmed", "under_way")  # the customer expects the team, or has it there

_BY_IDS = select(visits).where(among(visits.c.id))
_TAKEN = select(
    visits.c.case_id, visits.c.collector_id, visits.c.safety_officer_id, visits.c.starts_at, visits.c.ends_at
).where(
    visits.c.status.in_(LIVE),
    visits.c.ends_at > bindparam("start"),
    visits.c.starts_at < bindparam("end"),
)
_OF_CASES = select(visits).where(among(visits.c.case_id)).order_by(visits.c.starts_at, visits.c.id)


async def put(tx: Tx, rows: Sequence[Row]) -> None:
    """Add visits."""
    if rows:
        await tx.execute(insert(visits), list(rows))


async def by_ids(tx: Tx, visit_ids: Sequence[int]) -> Sequence[Any]:
    """Return visits by id."""
    return (await tx.execute(_BY_IDS, {"ids": visit_ids})).all()


async def by_status(tx: Tx, status: str) -> Sequence[Any]:
    """Return visits of a status, the next one first."""
    statement = select(visits).where(visits.c.status == status)
    return (await tx.execute(statement.order_by(visits.c.starts_at, visits.c.id))).all()


async def live_of(tx: Tx, case_id: int) -> Any | None:
    """Return the live visit of a case."""
    where = (visits.c.case_id == case_id) & visits.c.status.in_(LIVE)
    return (await tx.execute(select(visits).where(where))).one_or_none()


async def of_case(tx: Tx, case_id: int) -> Sequence[Any]:
    """Return every visit of a case, oldest first."""
    return await of_cases(tx, [case_id])


async def of_cases(tx: Tx, case_ids: Collection[int]) -> Sequence[Any]:
    """Return every visit of cases, oldest first."""
    return (await tx.execute(_OF_CASES, {"case_ids": case_ids})).all()


async def all_rows(tx: Tx) -> Sequence[Any]:
    """Return every visit, by time."""
    return (await tx.execute(select(visits).order_by(visits.c.starts_at, visits.c.id))).all()


def _of(person_id: int) -> Any:
    return or_(visits.c.collector_id == person_id, visits.c.safety_officer_id == person_id)


async def of_staff_between(tx: Tx, person_id: int, start: datetime, end: datetime) -> Sequence[Any]:
    """Return a person's approved visits that begin in a span of time, in order."""
    where = _of(person_id) & visits.c.starts_at.between(start, end) & visits.c.status.in_((*LIVE, "ended"))
    return (await tx.execute(select(visits).where(where).order_by(visits.c.starts_at))).all()


async def between(tx: Tx, start: datetime, end: datetime) -> Sequence[Any]:
    """Return the approved visits that begin in a span of time, in order."""
    where = (visits.c.starts_at >= start) & (visits.c.starts_at < end) & visits.c.status.in_((*LIVE, "ended"))
    return (await tx.execute(select(visits).where(where).order_by(visits.c.starts_at, visits.c.id))).all()


async def live_between(tx: Tx, start: datetime, end: datetime) -> Sequence[Any]:
    """Return the live visits that touch a span of time: their two people are taken then."""
    where = visits.c.status.in_(LIVE) & (visits.c.ends_at > start) & (visits.c.starts_at < end)
    return (await tx.execute(select(visits).where(where))).all()


async def taken_between(tx: Tx, start: datetime, end: datetime) -> Sequence[Any]:
    """Return of these visits nothing but case, people and times: there are thousands, for each customer who asks."""
    return (await tx.execute(_TAKEN, {"start": start, "end": end})).all()


async def lock_staff(tx: Tx, person_ids: Sequence[int]) -> None:
    """Hold these people until the commit, so that two bookings cannot take the same one."""
    statement = select(people.c.id).where(people.c.id.in_(person_ids)).order_by(people.c.id)
    await tx.execute(locked(statement))


async def change(tx: Tx, visit_id: int, columns: Mapping[str, Any]) -> None:
    """Change columns of a visit."""
    await tx.execute(update(visits).where(visits.c.id == visit_id).values(dict(columns)))


async def move_status(tx: Tx, visit_id: int, before: Sequence[str], after: str, **columns: Any) -> bool:
    """Move a visit on if it still is where it should be; return whether it was."""
    where = (visits.c.id == visit_id) & visits.c.status.in_(before)
    return (await tx.execute(update(visits).where(where).values(status=after, **columns))).rowcount == 1


async def drop_proposed(tx: Tx, visit_id: int | None = None) -> None:
    """Remove the proposals, or one of them, with their receipts: they bind nobody."""
    where = visits.c.status == "proposed"
    if visit_id is not None:
        where &= visits.c.id == visit_id
    await tx.execute(delete(receipts).where(receipts.c.visit_id.in_(select(visits.c.id).where(where))))
    await tx.execute(delete(visits).where(where))
