"""What is still missing of a promise, once part of it has come in."""

from typing import TYPE_CHECKING, Any

from bot.casework.promises import left
from bot.store import payments, promises

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch


async def missing_of(batch: "Batch", promise: Any) -> int:
    """Return what is missing of a promise or instalment, in minor units of its case's currency."""
    alone = promise.agreement_id is None
    rows = [promise] if alone else await promises.of_agreement(batch.tx, promise.agreement_id)
    paid = await payments.total_since(batch.tx, promise.case_id, rows[0].created_at)
    place = [row.id for row in rows].index(promise.id)
    return left([row.amount for row in rows], paid, place)
