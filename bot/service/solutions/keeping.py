"""Which promises the payments of a case keep: one by word for itself, an agreement's instalments in their order."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.casework.promises import kept
from bot.service.conversations.batch import Batch
from bot.service.customer.stop import end_conversations
from bot.service.solutions.agreement import finish
from bot.store import payments, promises

PAID = {"open": "kept", "broken": "late"}  # what a promise becomes once it is paid


async def keep(batch: Batch, case_ids: Sequence[int]) -> Mapping[int, int]:
    """Close what is covered, and return the last such promise of each case; their reminders die in this transaction."""
    found: dict[int, int] = {}
    for rows in _together(await promises.payable(batch.tx, case_ids)):
        paid = rows[: await covered(batch, rows)]
        fresh = [row for row in paid if row.status in PAID]
        for row in fresh:
            await promises.close(batch.tx, row.id, PAID[row.status], batch.now)
            found[row.case_id] = row.id
        if fresh:
            await end_conversations(batch, fresh[0].case_id, script="follow_up")
        if fresh and fresh[0].agreement_id is not None and len(paid) == len(rows):
            await finish(batch, fresh[0].agreement_id)
    return found


async def covered(batch: Batch, rows: Sequence[Any]) -> int:
    """Return how many of these promises, in their order, are covered by what came in since they were made."""
    case = await batch.case(rows[0].case_id)
    since = await payments.total_since(batch.tx, case.id, rows[0].created_at)
    tolerance = batch.inst.library.solutions(case.jurisdiction).tolerance
    return kept([row.amount for row in rows], since, tolerance)


def _together(rows: Sequence[Any]) -> Sequence[Sequence[Any]]:
    found: dict[tuple[int, int | None], list[Any]] = {}
    for row in rows:
        found.setdefault((row.case_id, row.agreement_id), []).append(row)
    return list(found.values())
