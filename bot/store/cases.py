"""Cases."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, case, exists, func, or_, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, among, locked
from bot.store.statements import upsert as upsert_rows
from bot.store.tables import alerts, cases, holds, invites, promises, visits
from bot.store.visits import LIVE

_BY_IDS = select(cases).where(among(cases.c.id))


def _stopped() -> Any:
    return exists().where(holds.c.case_id == cases.c.id, holds.c.lifted_at.is_(None), holds.c.kind == "stop")


async def upsert(tx: Tx, rows: Sequence[Row]) -> None:
    """Take cases in by `case_ref`; what a customer has done since (link, identity) stays."""
    await upsert_rows(tx, cases, rows, "case_ref", keep=("id", "imported_at"))


async def hold(tx: Tx, case_id: int) -> None:
    """Hold a case until the commit."""
    await tx.execute(locked(select(cases.c.id).where(cases.c.id == case_id)))


async def hold_by_refs(tx: Tx, case_refs: Sequence[str]) -> Sequence[Any]:
    """Return cases by reference and hold them until the commit, always in the same order."""
    statement = select(cases).where(cases.c.case_ref.in_(case_refs)).order_by(cases.c.id)
    held: Sequence[Any] = (await tx.execute(locked(statement))).all()
    return held


async def settle_amounts(tx: Tx, amounts: Mapping[int, int]) -> None:
    """Set what is outstanding of cases, in minor units; a case without arrears is settled."""
    if not amounts:
        return
    left = bindparam("left", type_=BigInteger)
    statement = update(cases).where(cases.c.id == bindparam("row_id"))
    stage = case((left == 0, "settled"), else_=cases.c.stage)
    changed = statement.values(outstanding=left, stage=stage)
    await tx.execute(changed, [{"row_id": key, "left": value} for key, value in amounts.items()])


async def by_ids(tx: Tx, case_ids: Sequence[int]) -> Sequence[Any]:
    """Return cases by id."""
    return (await tx.execute(_BY_IDS, {"ids": case_ids})).all()


async def by_refs(tx: Tx, case_refs: Sequence[str]) -> Sequence[Any]:
    """Return cases by reference."""
    return (await tx.execute(select(cases).where(cases.c.case_ref.in_(case_refs)))).all()


async def by_ref(tx: Tx, case_ref: str) -> Any | None:
    """Return a case by reference."""
    return next(iter(await by_refs(tx, [case_ref])), None)


async def of_chat(tx: Tx, chat_id: int) -> Any | None:
    """Return the case whose customer's chat this is; the newest if there are several."""
    statement = select(cases).where(cases.c.chat_id == chat_id).order_by(cases.c.id.desc()).limit(1)
    return (await tx.execute(statement)).one_or_none()


async def change(tx: Tx, case_id: int, **columns: Any) -> None:
    """Change columns of a case."""
    await tx.execute(update(cases).where(cases.c.id == case_id).values(**columns))


async def unlink(tx: Tx, case_id: int) -> None:
    """Take a case's chat away; its old link is worth nothing any more, the next letter carries a new one."""
    values = {"chat_id": None, "stage": "imported", "identified_at": None, "link_no": cases.c.link_no + 1}
    await tx.execute(update(cases).where(cases.c.id == case_id).values(values))


async def unlinked(tx: Tx) -> Sequence[Any]:
    """Return the cases that have no chat yet and are not settled or stopped."""
    where = cases.c.chat_id.is_(None) & (cases.c.stage != "settled") & ~_stopped()
    return (await tx.execute(select(cases).where(where).order_by(cases.c.case_ref))).all()


async def unopened(tx: Tx, jurisdiction: str, before: datetime, kind: str, limit: int) -> Sequence[Any]:
    """Return cases of a place whose link was made `before` then and never opened.

    Left out are settled and stopped ones, and those with an alert of `kind` that is open or was closed since.
    """
    sent = exists().where(invites.c.case_id == cases.c.id, invites.c.created_at <= before)
    seen = exists().where(
        alerts.c.case_id == cases.c.id,
        alerts.c.kind == kind,
        or_(alerts.c.closed_at.is_(None), alerts.c.closed_at > before),
    )
    where = (cases.c.jurisdiction == jurisdiction) & cases.c.chat_id.is_(None) & (cases.c.stage != "settled")
    statement = select(cases.c.id).where(where & sent & ~seen & ~_stopped()).order_by(cases.c.id)
    return (await tx.execute(statement.limit(limit))).all()


async def without_live_visit(tx: Tx) -> Sequence[Any]:
    """Return the cases that a visit may be planned for, longest overdue first."""
    live = exists().where(visits.c.case_id == cases.c.id, visits.c.status.in_(LIVE))
    where = (cases.c.stage != "settled") & ~live
    order = (cases.c.overdue_since, cases.c.case_ref)
    return (await tx.execute(select(cases.c.id).where(where).order_by(*order))).all()


async def all_rows(tx: Tx) -> Sequence[Any]:
    """Return every case."""
    return (await tx.execute(select(cases).order_by(cases.c.case_ref))).all()


async def of_stage(tx: Tx, stage: str, limit: int, offset: int = 0) -> Sequence[Any]:
    """Return the cases of a stage, longest overdue first."""
    statement = select(cases).where(cases.c.stage == stage).order_by(cases.c.overdue_since, cases.c.case_ref)
    return (await tx.execute(statement.limit(limit).offset(offset))).all()


async def ids_of_stage(tx: Tx, stage: str) -> Sequence[int]:
    """Return the ids of all cases of a stage, longest overdue first."""
    statement = select(cases.c.id).where(cases.c.stage == stage)
    return (await tx.execute(statement.order_by(cases.c.overdue_since, cases.c.case_ref))).scalars().all()


async def with_visit(tx: Tx, status: str, start: datetime, end: datetime) -> Sequence[Any]:
    """Return the cases with a visit of this status that begins in a span of time, with zone and beginning."""
    columns = (cases.c.id, cases.c.timezone, visits.c.starts_at)
    statement = select(*columns).join_from(cases, visits, visits.c.case_id == cases.c.id)
    where = (visits.c.status == status) & (visits.c.starts_at > start) & (visits.c.starts_at < end)
    return (await tx.execute(statement.where(where).order_by(visits.c.starts_at))).all()


async def with_promise(tx: Tx, last: date) -> Sequence[int]:
    """Return the ids of the cases with an open promise that is due by then, the earliest first."""
    statement = select(cases.c.id).join_from(cases, promises, promises.c.case_id == cases.c.id)
    where = (promises.c.status == "open") & (promises.c.due_on <= last)
    return (await tx.execute(statement.where(where).order_by(promises.c.due_on))).scalars().all()


async def count_by_stage(tx: Tx) -> dict[str, int]:
    """Return how many cases are at each stage."""
    statement = select(cases.c.stage, func.count()).group_by(cases.c.stage)
    return {row[0]: row[1] for row in (await tx.execute(statement)).all()}
