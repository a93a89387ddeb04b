"""A case and a payment as a lender's file tells them, checked and typed."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, repr=False)
class CaseRecord:
    """A good row. Amounts are minor units of `currency`; dates are local days of the case; None: not told.

    `phone` is E.164, `language` one of en, zh_Hans and zh_Hant. Its repr shows the reference alone, since
    the rest is personal.
    """

    case_ref: str
    name: str
    phone: str
    id_last4: str
    jurisdiction: str
    timezone: str
    address: str
    currency: str
    outstanding: int
    overdue_since: date
    language: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    product: str | None = None
    principal: int | None = None
    instalment: int | None = None
    due_date: date | None = None
    payments_missed: int | None = None
    last_payment_date: date | None = None
    last_payment_amount: int | None = None
    monthly_income: int | None = None
    income_source: str | None = None
    household_size: int | None = None
    employment: str | None = None
    prior_promises_kept: int | None = None
    prior_promises_broken: int | None = None
    vulnerable: bool | None = None
    notes: str | None = None

    def __repr__(self) -> str:
        return f"CaseRecord({self.case_ref!r})"

    def as_dict(self) -> dict[str, Any]:
        """Return every column by its name, typed as here."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class PaymentRecord:
    """A good row of a payments file. `paid_at` is a local day of the case.

    `amount` is still text: only the case knows the currency, see `payment_amount`.
    """

    case_ref: str
    paid_at: date
    amount: str
    reference: str | None = None
