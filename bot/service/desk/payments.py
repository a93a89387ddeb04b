"""Payments: taken down once each, taken off what is outstanding.

A promise that they keep is closed, and so is what waits at the desk for such a payment.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework.money import to_minor
from bot.errors import InputRefused
from bot.i18n import formats
from bot.ids import new_id
from bot.service.audit_line import CLI, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.customer.satisfaction import ask_when_settled
from bot.service.desk.queue.alerts import settle_of_cases
from bot.service.installation import Installation
from bot.service.solutions.keeping import covered, keep
from bot.store import alerts, audit, cases, payments, promises

AWAIT_PAYMENT = (  # kinds of items
    "promise_broken",
    "promise_unanswered",
    "promise_reopened",
    "paid_claim",
    "receipt_came",
)


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
        row = next(iter(await cases.hold_by_refs(tx, [case_ref])), None)
        if row is None:
            raise InputRefused(f"No case {case_ref}: `doorstep cases` lists them.")
        minor = to_minor(amount, formats.currency_digits(row.currency))
        if minor <= 0:
            raise InputRefused("A payment must be more than nothing: write it like 250 or 250.50.")
        paid_at = batch.now if on is None else instant_of(on, row.timezone)
        kept = await enter(batch, row, paid_at, minor, reference, CLI)
        if kept is None:
            raise InputRefused(f"Payment {reference} has been recorded already; nothing was changed.")
        await batch.changes.write(tx)
    return Paid(case_ref, row.currency, minor, max(0, row.outstanding - minor), bool(kept))


async def enter(
    batch: Batch, held: Any, paid_at: datetime, amount: int, reference: str | None, actor: str
) -> Mapping[int, int] | None:
    """Record one payment of a case that is held, as `book` does; None if its reference is known already."""
    if reference is not None and await payments.known(batch.tx, [], [reference]):
        return None
    return await book(batch, [held], [payment_row(held.id, paid_at, amount, reference, batch.now)], actor)


def instant_of(day: date, zone: str) -> datetime:
    """Return the instant of a payment of which only the day is known: its noon in the zone of the case."""
    return datetime.combine(day, time(12), ZoneInfo(zone))


def payment_row(
    case_id: int, paid_at: datetime, amount: int, reference: str | None, now: datetime
) -> dict[str, Any]:
    """Return a payment as a row of its table; `amount` in minor units."""
    return {
        "id": new_id(),
        "case_id": case_id,
        "paid_at": paid_at,
        "amount": amount,
        "reference": reference,
        "recorded_at": now,
    }


async def book(
    batch: Batch, held: Sequence[Any], rows: Sequence[Mapping[str, Any]], actor: str
) -> Mapping[int, int]:
    """Record new payments of cases that are held, whatever number; return the promises that they keep, by case."""
    await payments.add(batch.tx, [dict(row) for row in rows])
    left = {row.id: row.outstanding for row in held}
    for row in rows:
        left[row["case_id"]] = max(0, left[row["case_id"]] - row["amount"])
    paid = {row["case_id"] for row in rows}
    await cases.settle_amounts(batch.tx, {case_id: left[case_id] for case_id in sorted(paid)})
    kept = await keep(batch, sorted(paid))
    paid_off = {case_id for case_id in paid if left[case_id] == 0}
    await ask_when_settled(batch, [row.id for row in held if row.id in paid_off and row.outstanding])
    covered = {*kept, *paid_off, *await _made_good(batch, paid)}
    await settle_of_cases(batch, batch.changes, covered, AWAIT_PAYMENT)
    recorded = [audit_line(batch.now, actor, "payment.recorded", About(row["case_id"])) for row in rows]
    await audit.append(batch.tx, recorded)
    return kept


async def _made_good(batch: Batch, paid: Collection[int]) -> set[int]:
    """Return the cases whose last broken promise is covered after all; it stays on record as broken."""
    waiting = await alerts.open_of_cases(batch.tx, paid, AWAIT_PAYMENT)
    rows = await promises.broken_of_cases(batch.tx, {row.case_id for row in waiting})
    newest = {row.case_id: row for row in rows}
    return {case_id for case_id, promise in newest.items() if await covered(batch, [promise])}
