"""Which cases a batch touched and what they were before; whether it can be taken back, and taking it back.

Everything here is by set: a batch of a hundred thousand cases is a handful of statements.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, func, or_, select, update

from bot.store.engine import Tx
from bot.store.holds import by_batch
from bot.store.statements import Row, insert_new, locked
from bot.store.tables import (
    agreements,
    baselines,
    batch_cases,
    batches,
    cases,
    holds,
    invites,
    keys,
    metadata,
    outbox,
    payments,
    promises,
    timers,
    visits,
)

_ITS_OWN = ("id", "batch_id", "case_id", "added", "promise_id")
BEFORE = tuple(column.name for column in batch_cases.c if column.name not in _ITS_OWN)
# Judged by themselves, or kept for ever.
_LEFT_OUT = {"baselines", "batch_cases", "invites", "outbox", "payments", "audit", "receipts"}


async def put(tx: Tx, rows: Sequence[Row]) -> None:
    """Note what cases were before; what a batch noted first of a case stays."""
    await insert_new(tx, batch_cases, rows)


async def note_promises(tx: Tx, batch_id: int, kept: Mapping[int, int]) -> None:
    """Note the promises that payments of a batch kept, by case."""
    for case_id, promise_id in kept.items():
        where = (batch_cases.c.batch_id == batch_id) & (batch_cases.c.case_id == case_id)
        await tx.execute(update(batch_cases).where(where).values(promise_id=promise_id))


async def noted(tx: Tx, batch_id: int, case_ids: Sequence[int]) -> Mapping[int, bool]:
    """Return those of these cases that a batch touched already, with whether it added them."""
    where = (batch_cases.c.batch_id == batch_id) & batch_cases.c.case_id.in_(case_ids)
    rows = (await tx.execute(select(batch_cases.c.case_id, batch_cases.c.added).where(where))).all()
    return {row.case_id: row.added for row in rows}


async def lock_cases(tx: Tx, batch_id: int) -> int:
    """Hold the cases of a batch until the commit; return how many there are."""
    statement = select(cases.c.id).where(cases.c.id.in_(_of(batch_id))).order_by(cases.c.id)
    held = locked(statement).subquery()
    return int((await tx.execute(select(func.count()).select_from(held))).scalar_one())


def _of(batch_id: int, *where: ColumnElement[bool]) -> Any:
    return select(batch_cases.c.case_id).where(batch_cases.c.batch_id == batch_id, *where)


async def obstacles(tx: Tx, batch: Any, links_until: datetime) -> Mapping[str, int]:
    """Return what keeps a batch from being taken back, with the number of cases that each holds for.

    `sent`: written to since; `links`: a link was made since, so that it is valid beyond `links_until`;
    `later`: touched by a later file; `paid`: a payment came in; `touched`: anything else happened.
    """
    mine, since = _of(batch.id), batch.created_at
    gone = outbox.c.state.in_(("queued", "sending")) | (outbox.c.sent_at >= since)
    later = batch_cases.c.batch_id > batch.id
    paid = (payments.c.recorded_at >= since) & payments.c.batch_id.is_distinct_from(batch.id)
    found = {
        "sent": await _count(tx, outbox, mine, outbox.c.contact & gone),
        "links": await _count(tx, invites, mine, invites.c.expires_at >= links_until),
        "later": await _count(tx, batch_cases, mine, later),
        "paid": await _count(tx, payments, mine, paid),
        "touched": await _touched(tx, batch.id),
    }
    return {name: count for name, count in found.items() if count}


async def _count(tx: Tx, table: Table, mine: Any, where: ColumnElement[bool]) -> int:
    statement = select(func.count(table.c.case_id.distinct())).where(table.c.case_id.in_(mine), where)
    return int((await tx.execute(statement)).scalar_one())


async def _touched(tx: Tx, batch_id: int) -> int:
    """Count the added cases that any other table knows of, and the kept promises that a newer one follows."""
    added = _of(batch_id, batch_cases.c.added)
    tables = [one for one in metadata.sorted_tables if "case_id" in one.c and one.name not in _LEFT_OUT]
    of_any = [exists().where(one.c.case_id == cases.c.id, _happened(one, batch_id)) for one in tables]
    statement = select(func.count()).select_from(cases).where(cases.c.id.in_(added), or_(*of_any))
    closed = _of(batch_id, batch_cases.c.promise_id.is_not(None))
    came = select(batches.c.created_at).where(batches.c.id == batch_id).scalar_subquery()
    newer = await _count(tx, promises, closed, (promises.c.status == "open") & (promises.c.created_at > came))
    return int((await tx.execute(statement)).scalar_one()) + newer


def _happened(table: Table, batch_id: int) -> ColumnElement[bool]:
    """A proposed visit binds nobody and goes with its case; so does a hold that the batch brought with it."""
    if table is holds:
        return ~((holds.c.opened_by == by_batch(batch_id)) & holds.c.lifted_at.is_(None))
    return visits.c.status != "proposed" if table is visits else table.c.case_id.is_not(None)


async def take_back(tx: Tx, batch_id: int, now: datetime) -> Sequence[int]:
    """Make the cases of a batch what they were before; return those whose promise is open again.

    An added case goes, with the key to what was sealed of it. The payments of the batch go, too.
    """
    mine, added = _of(batch_id), _of(batch_id, batch_cases.c.added)
    waiting = outbox.c.case_id.in_(mine) & (outbox.c.state == "ready")
    await tx.execute(update(outbox).where(waiting).values(state="withdrawn"))
    reopened = await _reopen(tx, batch_id)
    await tx.execute(delete(payments).where(payments.c.batch_id == batch_id))
    before = {name: batch_cases.c[name] for name in BEFORE}
    changed = (batch_cases.c.batch_id == batch_id) & ~batch_cases.c.added
    await tx.execute(
        update(cases).where(changed, cases.c.id == batch_cases.c.case_id).values(before | {"updated_at": now})
    )
    await _lift(tx, batch_id)
    for table in (visits, invites, baselines):
        await tx.execute(delete(table).where(table.c.case_id.in_(added)))
    gone = list((await tx.execute(added)).scalars())
    await tx.execute(delete(batch_cases).where(batch_cases.c.batch_id == batch_id))
    await _forget(tx, gone, now)
    return reopened


async def _lift(tx: Tx, batch_id: int) -> None:
    """Remove the holds that a batch brought with it, and what would end them."""
    brought = holds.c.opened_by == by_batch(batch_id)
    ends = timers.c.subject_id.in_(select(holds.c.id).where(brought)) & (timers.c.kind == "hold_end")
    await tx.execute(delete(timers).where(ends))
    await tx.execute(delete(holds).where(brought))


async def _reopen(tx: Tx, batch_id: int) -> Sequence[int]:
    """Open the promises that the batch kept, with the instalments of the same agreement that it kept besides."""
    noted = promises.alias()
    kept = (
        exists()
        .where(batch_cases.c.batch_id == batch_id, batch_cases.c.promise_id == noted.c.id)
        .where(
            (noted.c.id == promises.c.id)
            | (
                (noted.c.agreement_id == promises.c.agreement_id)
                & (noted.c.closed_at == promises.c.closed_at)
            )
        )
    )
    statement = update(promises).where(kept).values(status="open", closed_at=None)
    found = (await tx.execute(statement.returning(promises.c.case_id, promises.c.agreement_id))).all()
    settled = agreements.c.id.in_([row.agreement_id for row in found if row.agreement_id])
    again = update(agreements).where(settled, agreements.c.status == "kept")
    await tx.execute(again.values(status="accepted", closed_at=None))
    return sorted({row.case_id for row in found})


async def _forget(tx: Tx, case_ids: Sequence[int], now: datetime) -> None:
    """Remove added cases, some at a time: nothing refers to them any more."""
    for start in range(0, len(case_ids), 500):
        some = case_ids[start : start + 500]
        await tx.execute(delete(cases).where(cases.c.id.in_(some)))
        lost = keys.c.id.in_([f"case:{case_id}" for case_id in some])
        await tx.execute(update(keys).where(lost).values(wrapped=b"", destroyed_at=now))
