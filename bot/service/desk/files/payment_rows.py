"""Taking in rows of payments: those that are known already are passed over, unknown cases come back."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.casework.intake import Bad, Good, payment_amount
from bot.casework.problems import Problem, ProblemCode
from bot.i18n import formats
from bot.service.conversations.batch import Batch
from bot.service.desk.files.case_rows import Taking, before
from bot.service.desk.payments import book, instant_of, payment_row
from bot.store import batch_cases, cases, payments
from bot.store.engine import Tx


async def take_payments(taking: Taking, tx: Tx, rows: Sequence[Good]) -> None:
    """Take some rows, or only look what they come to."""
    records: list[Any] = [row.record for row in rows]
    refs = sorted({one.case_ref for one in records})
    held = await (cases.by_refs if taking.batch_id is None else cases.hold_by_refs)(tx, refs)
    by_ref = {row.case_ref: row for row in held}
    references = [one.reference for one in records if one.reference]
    known = _Known(await payments.known(tx, [row.id for row in held], references))
    new = []
    for row in rows:
        payment = _payment(taking, row, by_ref)
        if isinstance(payment, Problem):
            taking.report.bad(Bad(row.row, row.cells, [payment]))
        elif (earlier := known.find(payment)) is None:
            taking.report.findings.new += 1
            new.append(payment)
        else:
            mine = taking.batch_id is not None and earlier.batch_id == taking.batch_id
            taking.report.findings.new += mine
            taking.report.findings.unchanged += not mine
    if taking.batch_id is not None and new:
        await _write(taking, tx, held, new)


class _Known:
    """The payments that are on record, by what makes them the same: a reference, else case, time and amount."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._by_reference = {row.reference: row for row in rows if row.reference}
        self._alike = {(row.case_id, row.paid_at, row.amount): row for row in rows}

    def find(self, payment: Mapping[str, Any]) -> Any | None:
        if payment["reference"]:
            return self._by_reference.get(payment["reference"])
        return self._alike.get((payment["case_id"], payment["paid_at"], payment["amount"]))


def _payment(taking: Taking, row: Good, by_ref: Mapping[str, Any]) -> dict[str, Any] | Problem:
    record: Any = row.record
    case = by_ref.get(record.case_ref)
    if case is None:
        return Problem(row.row, "case_ref", ProblemCode.UNKNOWN_CASE)
    amount = payment_amount(row.row, record, formats.currency_digits(case.currency))
    if isinstance(amount, Problem):
        return amount
    paid_at = instant_of(record.paid_at, case.timezone)
    made = payment_row(case.id, paid_at, amount, record.reference, taking.now)
    return made | {"batch_id": taking.batch_id}


async def _write(taking: Taking, tx: Tx, held: Sequence[Any], new: Sequence[Mapping[str, Any]]) -> None:
    batch = Batch(taking.inst, tx, taking.now)
    paid = {payment["case_id"] for payment in new}
    await batch_cases.put(tx, [before(taking.batch_id or 0, row.id, row) for row in held if row.id in paid])
    kept = await book(batch, held, new, taking.actor)
    await batch_cases.note_promises(tx, taking.batch_id or 0, kept)
    await batch.changes.write(tx)
