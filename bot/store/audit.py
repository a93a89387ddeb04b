"""The log of what happened: insert-only, chained, codes and ids only."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

import orjson
from sqlalchemy import insert, select

from bot.check import line_hash
from bot.store import audit_chain
from bot.store.audit_chain import NO_CASE
from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import audit


async def append(tx: Tx, rows: Sequence[Row]) -> None:
    """Write lines, each chained to the last one of its case. `data` has codes, ids and instants; no fractions."""
    if not rows:
        return
    lines = [{"case_id": None, "visit_id": None, **row} for row in rows]
    ends = await audit_chain.hold(tx, sorted({line["case_id"] or NO_CASE for line in lines}))
    for line in lines:
        end = ends[line["case_id"] or NO_CASE]
        end.lines, end.hash = end.lines + 1, line_hash(end.hash, content(line))
        line |= {"line": end.lines, "hash": bytes.fromhex(end.hash)}
    await tx.execute(insert(audit), lines)
    await audit_chain.save(tx, ends)


def content(line: Row) -> Row:
    """Return what a line says, as its hash is made of it on either database."""
    at = line["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return line | {"at": at, "data": orjson.loads(orjson.dumps(line["data"]))}


async def all_rows(tx: Tx) -> Sequence[Any]:
    """Return every line, oldest first."""
    return (await tx.execute(select(audit).order_by(audit.c.seq))).all()


async def newest(tx: Tx, case_id: int, limit: int) -> Sequence[Any]:
    """Return the last lines about a case, the newest first."""
    where = audit.c.case_id == case_id
    return (await tx.execute(select(audit).where(where).order_by(audit.c.seq.desc()).limit(limit))).all()
