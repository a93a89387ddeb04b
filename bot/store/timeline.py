"""Everything that is on record of one case, by table."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, select

from bot.store.engine import Tx
from bot.store.tables import (
    alerts,
    answers,
    audit,
    calls,
    evidence,
    holds,
    outbox,
    payments,
    promises,
    receipts,
    visits,
)

# What of a table belongs to a case file: every message to the customer, every answer of the rules but a plain yes.
_SOURCES: Sequence[tuple[Table, ColumnElement[bool] | None]] = (
    (audit, None),
    (outbox, outbox.c.contact & outbox.c.state.in_(("sent", "unknown", "failed", "withdrawn"))),
    (receipts, receipts.c.outcome != "allowed"),
    (answers, None),
    (promises, None),
    (payments, None),
    (alerts, None),
    (holds, None),
    (visits, None),
    (calls, None),
    (evidence, None),
)


async def of_case(tx: Tx, case_id: int) -> Mapping[str, Sequence[Any]]:
    """Return the rows of each table that are about a case."""
    found = {}
    for table, where in _SOURCES:
        statement = select(table).where(table.c.case_id == case_id)
        found[table.name] = (await tx.execute(statement if where is None else statement.where(where))).all()
    return found
