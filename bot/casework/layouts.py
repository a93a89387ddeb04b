"""The two kinds of file that a lender sends: which columns each has, how a cell is read, how rows repeat."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.casework import cells
from bot.casework.cells import Read
from bot.casework.problems import ProblemCode
from bot.casework.record import CaseRecord, PaymentRecord

Record = CaseRecord | PaymentRecord
LONGEST = {"case_ref": 64, "name": 200, "address": 500, "product": 200}  # characters of what messages show


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file. Two rows with the same `identity` are one row too many: `twice` says so."""

    kind: str
    columns: Mapping[str, Read[Any]]
    required: tuple[str, ...]
    record: type[Record]
    identity: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    twice: ProblemCode


def _payment_identity(values: Mapping[str, Any]) -> tuple[Any, ...]:
    reference = values.get("reference")
    return (
        (reference,) if reference else tuple(values.get(name) for name in ("case_ref", "paid_at", "amount"))
    )


CASES = Layout(
    kind="cases",
    columns={
        "case_ref": cells.text(LONGEST["case_ref"]),
        "name": cells.text(LONGEST["name"]),
        "phone": cells.phone,
        "id_last4": cells.last4,
        "language": cells.language,
        "jurisdiction": cells.jurisdiction,
        "timezone": cells.timezone,
        "address": cells.text(LONGEST["address"]),
        "latitude": cells.degrees(90, ProblemCode.LATITUDE),
        "longitude": cells.degrees(180, ProblemCode.LONGITUDE),
        "product": cells.text(LONGEST["product"]),
        "currency": cells.currency,
        "principal": cells.amount,
        "outstanding": cells.amount,
        "instalment": cells.amount,
        "due_date": cells.day,
        "overdue_since": cells.past_day,
        "payments_missed": cells.number,
        "last_payment_date": cells.past_day,
        "last_payment_amount": cells.amount,
        "monthly_income": cells.amount,
        "income_source": cells.text(200),
        "household_size": cells.number,
        "employment": cells.text(200),
        "prior_promises_kept": cells.number,
        "prior_promises_broken": cells.number,
        "vulnerable": cells.flag,
        "notes": cells.text(4000),
    },
    required=(
        *("case_ref", "name", "phone", "id_last4", "jurisdiction", "timezone"),
        *("address", "currency", "outstanding", "overdue_since"),
    ),
    record=CaseRecord,
    identity=lambda values: (values.get("case_ref"),),
    twice=ProblemCode.DUPLICATE,
)
PAYMENTS = Layout(
    kind="payments",
    columns={
        "case_ref": cells.text(LONGEST["case_ref"]),
        "paid_at": cells.past_day,
        "amount": cells.text(40),
        "reference": cells.text(80),
    },
    required=("case_ref", "paid_at", "amount"),
    record=PaymentRecord,
    identity=_payment_identity,
    twice=ProblemCode.DUPLICATE_PAYMENT,
)
LAYOUTS = (CASES, PAYMENTS)
