"""Payments: taken down once each, taken off what is outstanding, and a promise that they keep is closed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.casework.money import to_minor
from bot.errors import InputRefused
from bot.i18n import formats
from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.customer.stop import end_conversations
from bot.service.installation import Installation
from bot.store import audit, cases, payments, promises

TOLERANCE = Decimal("0.9")  # the share of a promise from which it counts as kept


@dataclass(frozen=True, slots=True)
class Paid:
    """What a payment did. `outstanding` is what is left, in minor units of `currency`."""

    case_ref: str
    currency: str
    amount: int
    outstanding: int
    promise_kept: bool


async def record_payment(
    inst: Installation,
    case_ref: str,
    amount: Decimal,
    *,
    on: date | None = None,
    reference: str | None = None,
) -> Paid:
    """Record a payment. Raises `InputRefused` for an unknown case, a wrong amount, a known reference."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        row = await cases.by_ref(tx, case_ref)
        if row is None:
            raise InputRefused(f"No case {case_ref}: `doorstep cases` lists them.")
        minor = to_minor(amount, formats.currency_digits(row.currency))
        if minor <= 0:
            raise InputRefused("A payment must be more than nothing: write it like 250 or 250.50.")
        paid_at = _instant(on, row.timezone, batch.now)
        payment = {
            "id": new_id(),
            "case_id": row.id,
            "paid_at": paid_at,
            "amount": minor,
            "reference": reference,
            "recorded_at": batch.now,
        }
        if not await payments.add(tx, payment):
            raise InputRefused(f"Payment {reference} has been recorded already; nothing was changed.")
        outstanding = max(0, row.outstanding - minor)
        stage = {"stage": "settled"} if outstanding == 0 else {}
        await cases.change(tx, row.id, outstanding=outstanding, **stage)
        kept = await _keep_promise(batch, row.id)
        line = {"at": batch.now, "actor": "cli", "kind": "payment.recorded", "case_id": row.id, "data": {}}
        await audit.append(tx, [line])
    return Paid(case_ref, row.currency, minor, outstanding, kept)


def _instant(on: date | None, zone: str, now: datetime) -> datetime:
    return now if on is None else datetime.combine(on, time(12), ZoneInfo(zone))


async def _keep_promise(batch: Batch, case_id: int) -> bool:
    """Close the open promise if what came in since covers it; its reminder dies in the same transaction."""
    promise = await promises.open_of(batch.tx, case_id)
    if promise is None:
        return False
    since = await payments.total_since(batch.tx, case_id, promise.created_at)
    if since < promise.amount * TOLERANCE:
        return False
    await promises.close(batch.tx, promise.id, "kept", batch.now)
    await end_conversations(batch, case_id, script="follow_up")
    return True
