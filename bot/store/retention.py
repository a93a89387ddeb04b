"""What the end of a case's record hangs on: its last record, when it was paid, what is still open."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, func, or_, select

from bot.store.agreements import LIVE as AGREEMENTS
from bot.store.engine import Tx
from bot.store.tables import agreements, alerts, audit, cases, holds, outbox, payments, promises, visits
from bot.store.visits import LIVE

# Looking at a case, and a file that says the same again, do not lengthen its record.
PASSIVE = (
    "case.looked_at",
    "case.exported",
    "case.updated",
    "risk.looked_at",
    "evidence.opened",
)
_ON_THEIR_WAY = ("ready", "queued", "sending")


async def last_records(tx: Tx, case_ids: Sequence[int]) -> Mapping[int, datetime]:
    """Return when each case was last dealt with: a message sent, a payment, a line of the log that is no look."""
    last: dict[int, datetime] = {}
    for column, at, where in (
        (outbox.c.case_id, outbox.c.sent_at, outbox.c.contact & outbox.c.sent_at.is_not(None)),
        (payments.c.case_id, payments.c.recorded_at, None),
        (audit.c.case_id, audit.c.at, audit.c.kind.not_in(PASSIVE)),
    ):
        for case_id, newest in await _newest(tx, column, at, case_ids, where):
            last[case_id] = max(newest, last.get(case_id, newest))
    return last


async def last_payments(tx: Tx, case_ids: Sequence[int]) -> Mapping[int, datetime]:
    """Return when each case was last paid on."""
    return dict(await _newest(tx, payments.c.case_id, payments.c.paid_at, case_ids, None))


async def _newest(
    tx: Tx, case: Column[Any], at: Column[Any], case_ids: Sequence[int], where: ColumnElement[bool] | None
) -> Sequence[tuple[int, datetime]]:
    statement = select(case, func.max(at)).where(case.in_(case_ids)).group_by(case)
    rows = await tx.execute(statement if where is None else statement.where(where))
    return [(row[0], row[1]) for row in rows]


async def open_business(tx: Tx, case_ids: Sequence[int], at: datetime) -> Sequence[tuple[int, str, str]]:
    """Return what is open of cases: (case, what, its name); what: hold, item, visit, agreement, promise or message."""
    held = holds.c.lifted_at.is_(None) & or_(holds.c.until.is_(None), holds.c.until > at)
    found: list[tuple[int, str, str]] = []
    for what, case, name, where in (
        ("hold", holds.c.case_id, holds.c.kind, held),
        ("item", alerts.c.case_id, alerts.c.kind, alerts.c.closed_at.is_(None)),
        ("visit", visits.c.case_id, visits.c.status, visits.c.status.in_(LIVE)),
        ("agreement", agreements.c.case_id, agreements.c.status, agreements.c.status.in_(AGREEMENTS)),
        ("promise", promises.c.case_id, promises.c.status, promises.c.status == "open"),
        ("message", outbox.c.case_id, outbox.c.purpose, outbox.c.state.in_(_ON_THEIR_WAY)),
    ):
        statement = select(case, name).where(case.in_(case_ids), where).distinct().order_by(case, name)
        found += [(row[0], what, row[1]) for row in await tx.execute(statement)]
    return found


async def some_cases(tx: Tx, after: int, limit: int) -> Sequence[Any]:
    """Return some cases in the order of their ids, those after one id."""
    statement = select(cases).where(cases.c.id > after).order_by(cases.c.id).limit(limit)
    return (await tx.execute(statement)).all()
