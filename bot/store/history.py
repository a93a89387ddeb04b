"""What is on record of many cases at once: one statement a table, however many cases."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import distinct, func, select

from bot.store.engine import Tx
from bot.store.tables import alerts, answers, chats, holds, payments, promises, visits

Cases = Sequence[int]


async def payments_of(tx: Tx, case_ids: Cases) -> Sequence[Any]:
    """Return when each case was last paid."""
    statement = select(payments.c.case_id, func.max(payments.c.paid_at).label("paid_at"))
    where = payments.c.case_id.in_(case_ids)
    return (await tx.execute(statement.where(where).group_by(payments.c.case_id))).all()


async def promises_of(tx: Tx, case_ids: Cases) -> Sequence[Any]:
    """Return the promises of cases."""
    return (await tx.execute(select(promises).where(promises.c.case_id.in_(case_ids)))).all()


async def visits_of(tx: Tx, case_ids: Cases) -> Sequence[Any]:
    """Return the visits of cases, but for mere proposals."""
    where = visits.c.case_id.in_(case_ids) & (visits.c.status != "proposed")
    return (await tx.execute(select(visits).where(where))).all()


async def holds_of(tx: Tx, case_ids: Cases) -> Sequence[Any]:
    """Return the holds of cases, those that are over among them."""
    return (await tx.execute(select(holds).where(holds.c.case_id.in_(case_ids)))).all()


async def answers_of(tx: Tx, case_ids: Cases, names: Sequence[str]) -> Sequence[Any]:
    """Return what was answered under these names, oldest first, sealed."""
    where = answers.c.case_id.in_(case_ids) & answers.c.name.in_(names)
    return (await tx.execute(select(answers).where(where).order_by(answers.c.at, answers.c.id))).all()


async def visits_with_alert(tx: Tx, case_ids: Cases, kind: str) -> Sequence[Any]:
    """Return of each case on how many visits an alert of this kind was raised."""
    statement = select(alerts.c.case_id, func.count(distinct(alerts.c.visit_id)).label("visits"))
    where = alerts.c.case_id.in_(case_ids) & (alerts.c.kind == kind)
    where &= alerts.c.verdict.is_(None) | (alerts.c.verdict == "real")  # no drill and no false alarm
    return (await tx.execute(statement.where(where).group_by(alerts.c.case_id))).all()


async def unreachable(tx: Tx, chat_ids: Sequence[int]) -> set[int]:
    """Return those of these chats that cannot be written to."""
    where = chats.c.chat_id.in_(chat_ids) & chats.c.unreachable_at.is_not(None)
    return set((await tx.execute(select(chats.c.chat_id).where(where))).scalars())
