"""What the evaluation needs to know of cases: one statement a table, however many cases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.store.engine import Tx
from bot.store.tables import alerts, answers, cases, payments, people, receipts, sessions

Cases = Sequence[int]


async def taken_in_between(tx: Tx, start: datetime, end: datetime) -> Sequence[int]:
    """Return the cases that were taken in from `start` up to `end` (exclusive)."""
    where = (cases.c.imported_at >= start) & (cases.c.imported_at < end)
    return (await tx.execute(select(cases.c.id).where(where).order_by(cases.c.id))).scalars().all()


async def payments_of(tx: Tx, case_ids: Cases) -> Sequence[Any]:
    """Return every payment of cases, oldest first."""
    columns = (payments.c.case_id, payments.c.paid_at, payments.c.amount)
    statement = select(*columns).where(payments.c.case_id.in_(case_ids))
    return (await tx.execute(statement.order_by(payments.c.paid_at))).all()


async def alerts_of(tx: Tx, case_ids: Cases, kinds: Sequence[str]) -> Sequence[Any]:
    """Return the alerts of these kinds about cases, open or closed."""
    columns = (alerts.c.case_id, alerts.c.visit_id, alerts.c.kind, alerts.c.verdict)
    where = alerts.c.case_id.in_(case_ids) & alerts.c.kind.in_(kinds)
    return (await tx.execute(select(*columns).where(where))).all()


async def customers_answers(tx: Tx, case_ids: Cases, names: Sequence[str]) -> Sequence[Any]:
    """Return what customers themselves answered under these names, oldest first, sealed."""
    statement = select(answers.c.case_id, answers.c.name, answers.c.value_enc)
    statement = statement.join_from(answers, sessions, sessions.c.id == answers.c.session_id)
    where = answers.c.case_id.in_(case_ids) & answers.c.name.in_(names) & sessions.c.person_id.is_(None)
    return (await tx.execute(statement.where(where).order_by(answers.c.at, answers.c.id))).all()


async def versions_of(tx: Tx, case_ids: Cases, script: str) -> Sequence[Any]:
    """Return with which version of a script each visit of cases was made."""
    columns = (sessions.c.visit_id, sessions.c.version)
    where = (
        sessions.c.case_id.in_(case_ids) & (sessions.c.script == script) & sessions.c.visit_id.is_not(None)
    )
    return (await tx.execute(select(*columns).where(where))).all()


async def badges(tx: Tx) -> dict[int, str]:
    """Return the badge of everybody of the staff, whoever has left among them."""
    rows = (await tx.execute(select(people.c.id, people.c.badge))).all()
    return {row.id: row.badge for row in rows}


async def refused_between(tx: Tx, start: datetime, end: datetime) -> Sequence[Any]:
    """Return what the rules refused or let wait from `start` up to `end` (exclusive)."""
    columns = (receipts.c.outcome, receipts.c.verdict)
    where = (receipts.c.at >= start) & (receipts.c.at < end) & (receipts.c.outcome != "allowed")
    return (await tx.execute(select(*columns).where(where))).all()
