"""Answers: insert-only, so that a correction never hides what was said before."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import insert, select

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import answers, sessions


async def put(tx: Tx, rows: Sequence[Row]) -> None:
    """Keep answers."""
    if rows:
        await tx.execute(insert(answers), list(rows))


async def of_cases(tx: Tx, case_ids: Collection[int], names: Collection[str]) -> Sequence[Any]:
    """Return what was answered under these names about cases, oldest first."""
    where = answers.c.case_id.in_(case_ids) & answers.c.name.in_(names)
    return (await tx.execute(select(answers).where(where).order_by(answers.c.at, answers.c.id))).all()


async def of_customer(tx: Tx, case_id: int) -> Sequence[Any]:
    """Return everything that the customer of a case answered in their own chat, oldest first."""
    statement = select(answers).join(sessions, sessions.c.id == answers.c.session_id)
    statement = statement.where(answers.c.case_id == case_id, sessions.c.person_id.is_(None))
    return (await tx.execute(statement.order_by(answers.c.at, answers.c.id))).all()


async def of_visit(tx: Tx, visit_id: int) -> Sequence[Any]:
    """Return everything that was answered about a visit and by whom, in the order in which it was."""
    statement = select(answers, sessions.c.person_id).join(sessions, sessions.c.id == answers.c.session_id)
    statement = statement.where(answers.c.visit_id == visit_id)
    return (await tx.execute(statement.order_by(answers.c.at, answers.c.id))).all()
