"""Promises to pay: of each case at most one open by word, or the instalments of one agreement.

A promise is `proposed` until the customer accepts its agreement, then `open`; it ends as `kept`, `late` (kept after
it was broken), `broken`, `replaced`, or `dropped` where its agreement came to nothing.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, insert, or_, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, locked
from bot.store.tables import agreements, alerts, cases, holds, promises

PLAN_IN_FORCE = "plan_in_force"


async def open_of(tx: Tx, case_id: int) -> Any | None:
    """Return the open promise of a case; of several instalments the next one."""
    where = (promises.c.case_id == case_id) & (promises.c.status == "open")
    statement = select(promises).where(where).order_by(promises.c.due_on, promises.c.id).limit(1)
    return (await tx.execute(statement)).one_or_none()


async def by_id(tx: Tx, promise_id: int) -> Any | None:
    """Return a promise."""
    return (await tx.execute(select(promises).where(promises.c.id == promise_id))).one_or_none()


async def payable(tx: Tx, case_ids: Sequence[int]) -> Sequence[Any]:
    """Return what a payment can still keep: open promises, and every instalment of agreements that are in force."""
    in_force = promises.c.agreement_id.in_(select(agreements.c.id).where(agreements.c.status == "accepted"))
    by_word = promises.c.agreement_id.is_(None) & (promises.c.status == "open")
    where = promises.c.case_id.in_(case_ids) & (by_word | in_force)
    return (await tx.execute(select(promises).where(where).order_by(promises.c.number, promises.c.id))).all()


async def of_agreement(tx: Tx, agreement_id: int) -> Sequence[Any]:
    """Return the instalments of an agreement in order."""
    where = promises.c.agreement_id == agreement_id
    return (await tx.execute(select(promises).where(where).order_by(promises.c.number))).all()


async def put(tx: Tx, rows: Sequence[Row]) -> None:
    """Take instalments down."""
    await tx.execute(insert(promises), list(rows))


async def move(tx: Tx, agreement_id: int, was: str, status: str, at: datetime) -> None:
    """Let the instalments of an agreement that are `was` be `status`: open from now on, or closed."""
    at_column = "created_at" if status == "open" else "closed_at"
    where = (promises.c.agreement_id == agreement_id) & (promises.c.status == was)
    await tx.execute(update(promises).where(where).values(status=status, **{at_column: at}))


async def broken_of_cases(tx: Tx, case_ids: Collection[int]) -> Sequence[Any]:
    """Return the broken promises by word of cases, oldest first."""
    by_word = promises.c.agreement_id.is_(None)
    where = promises.c.case_id.in_(case_ids) & (promises.c.status == "broken") & by_word
    return (await tx.execute(select(promises).where(where).order_by(promises.c.id))).all() if case_ids else []


async def of_case(tx: Tx, case_id: int) -> Sequence[Any]:
    """Return every promise of a case, oldest first."""
    statement = select(promises).where(promises.c.case_id == case_id).order_by(promises.c.id)
    return (await tx.execute(statement)).all()


async def past(tx: Tx, today: date, unless_open: Sequence[str], now: datetime, limit: int) -> Sequence[Any]:
    """Return open promises whose day is over, oldest first, unless a person or a hold has the case already."""
    looked_at = exists().where(
        alerts.c.case_id == promises.c.case_id, alerts.c.closed_at.is_(None), alerts.c.kind.in_(unless_open)
    )
    held = exists().where(
        holds.c.case_id == promises.c.case_id,
        holds.c.kind != PLAN_IN_FORCE,  # it keeps visits away and lets what belongs to the plan go on
        holds.c.lifted_at.is_(None),
        or_(holds.c.until.is_(None), holds.c.until > now),
    )
    where = (promises.c.status == "open") & (promises.c.due_on < today) & ~looked_at & ~held
    return (await tx.execute(select(promises).where(where).order_by(promises.c.due_on).limit(limit))).all()


async def replace_open(tx: Tx, row: Row) -> None:
    """Take a new promise down; what was open is replaced by it."""
    await give_way(tx, row["case_id"], row["created_at"])
    await tx.execute(insert(promises).values(row))


async def give_way(tx: Tx, case_id: int, at: datetime) -> None:
    """Close what is open of a case as replaced, with its agreement; the case is held from then on."""
    await tx.execute(locked(select(cases.c.id).where(cases.c.id == case_id)))  # one at a time for a case
    replaced = {"status": "replaced", "closed_at": at}
    for table, live in ((promises, "open"), (agreements, "accepted")):
        where = (table.c.case_id == case_id) & (table.c.status == live)
        await tx.execute(update(table).where(where).values(replaced))


async def close(tx: Tx, promise_id: int, status: str, at: datetime) -> None:
    """Close a promise as kept, late or broken."""
    statement = update(promises).where(promises.c.id == promise_id)
    await tx.execute(statement.values(status=status, closed_at=at))
