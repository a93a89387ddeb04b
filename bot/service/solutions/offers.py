"""What can be offered: worked out anew from the answers each time, so that a correction counts at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from bot.casework.affordability import Affordability, Basis, Form, Kind, Told, assess
from bot.casework.solutions import Catalogue, Debt, Plan, Wish, choose
from bot.i18n import formats
from bot.service.desk.cases.casefile import CaseFile

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch

LETTERS = "ABCD"  # what the plans are called while they lie side by side
NOTHING, NO_INCOME = "nothing", "none"  # choices of the visit that say an amount of nothing
FIRST_DUE = "first_due"
MORE = "more_amount"  # what a customer would pay beyond what was worked out


@dataclass(frozen=True, slots=True)
class Offers:
    """`plans` by letter; `monthly` in minor units, on which `basis`."""

    told: Told
    affordability: Affordability
    monthly: int
    basis: Basis
    catalogue: Catalogue
    plans: Mapping[str, Plan]


async def offers_of(batch: "Batch", case_id: int, values: Mapping[str, object]) -> Offers:
    """Return what the answers of a visit come to. Raises KeyError before the first day was asked for."""
    case = await batch.case(case_id)
    told = told_of(batch.inst.library.statement, case, values)
    found = assess(batch.inst.library.statement, told)
    more = amount_of(values.get(MORE), case.currency)
    beyond = more is not None and more > found.monthly
    monthly, basis = (more or 0, Basis.OVERRIDE) if beyond else (found.monthly, found.basis)
    wish = Wish(
        monthly=monthly,
        basis=basis,
        first=date.fromisoformat(str(values[FIRST_DUE])),
        lump_sum=amount_of(values.get("lump_sum"), case.currency) or 0,
        reason=str(values.get("reason", "")),
    )
    catalogue = batch.inst.library.solutions(case.jurisdiction)
    plans = choose(catalogue, debt_of(case), wish).plans if case.outstanding > 0 else ()
    return Offers(told, found, monthly, basis, catalogue, dict(zip(LETTERS, plans, strict=False)))


def debt_of(case: CaseFile) -> Debt:
    """Return the debt as the lender's file has it; the arrears are the instalments that were missed."""
    instalment, missed = case.loan.get("instalment"), case.loan.get("payments_missed")
    arrears = min(case.outstanding, instalment * missed) if instalment and missed else None
    return Debt(case.outstanding, arrears, instalment, str(case.loan.get("product") or ""))


def told_of(form: Form, case: CaseFile, values: Mapping[str, object]) -> Told:
    """Return what was said, by heading; what was left out or is no amount stays out."""
    income = 0 if values.get("income_source") == NO_INCOME else values.get("income_amount")
    given = {
        one.id: amount_of(income if one.kind is Kind.INCOME else values.get(one.id), case.currency)
        for one in form.headings
    }
    return Told(
        amounts={name: amount for name, amount in given.items() if amount is not None},
        debt=max(1, case.outstanding),
        other_debts=amount_of(values.get("other_debts_total"), case.currency),
        own=amount_of(values.get("ability"), case.currency),
    )


def amount_of(said: object, currency: str) -> int | None:
    """Return an amount as it was typed in minor units, an estimate rounded to them; None for anything else."""
    if said in (NOTHING, NO_INCOME):
        return 0
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    digits = formats.currency_digits(currency)
    return int(Decimal(str(said)).scaleb(digits).to_integral_value(ROUND_HALF_UP))
