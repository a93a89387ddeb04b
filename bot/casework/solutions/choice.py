"""Which plans to lay side by side for one customer: two to four, none beyond what they can pay."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from bot.casework.affordability import Basis
from bot.casework.solutions.debt import Debt
from bot.casework.solutions.formulas import months_needed, worth_of_instalments
from bot.casework.solutions.plan import Plan, work_out
from bot.casework.solutions.product import Authority, Catalogue, Kind, Product

MOST = 4  # more than four cannot be compared at a door
_LEAST = {Basis.OWN_WORD: Authority.SCHEDULER, Basis.OVERRIDE: Authority.SECOND}
_ORDER = tuple(Authority)
_EVEN = (Kind.EQUAL_INSTALMENTS, Kind.TERM_EXTENSION, Kind.REDUCTION, Kind.PAYMENT_HOLIDAY)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a customer can and wants to do. Minor units; `lump_sum`: could be paid at once, 0 for nothing.

    `monthly` rests on `basis`: on a customer's word alone a scheduler looks, beyond what was worked out two people.
    `reason` is why they fell behind, as the talk has it. `first`: the day of the first payment.
    """

    monthly: int
    basis: Basis
    first: date
    lump_sum: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The plans, the lender's preference first; the same for the same debt, wish and products."""

    plans: tuple[Plan, ...]


def choose(catalogue: Catalogue, debt: Debt, wish: Wish) -> Choice:
    """Return the plans that fit; fewer than two, or none, where not more can be afforded."""
    found: list[Plan] = []
    for plan in _fitting(catalogue.products, debt, wish):
        if all(plan.schedule != other.schedule for other in found):
            found.append(plan)
    return Choice(tuple(found[:MOST]))


def _fitting(products: Sequence[Product], debt: Debt, wish: Wish) -> Iterator[Plan]:
    least = _LEAST.get(wish.basis, Authority.TEAM)
    for product in products:
        plan = _shortest(product, debt, wish) if _applies(product, debt, wish) else None
        if plan is not None:
            yield replace(plan, authority=max(plan.authority, least, key=_ORDER.index))


def _applies(product: Product, debt: Debt, wish: Wish) -> bool:
    account = debt.product.casefold()
    named = not product.accounts or any(word.casefold() in account for word in product.accounts)
    meant = not product.circumstances or wish.reason in product.circumstances
    running = product.kind is not Kind.TERM_EXTENSION or debt.instalment is not None
    falls = (
        product.kind is not Kind.EQUAL_PRINCIPAL or product.rate > 0
    )  # without interest they would be equal
    return named and meant and running and falls


def _shortest(product: Product, debt: Debt, wish: Wish) -> Plan | None:
    """Return the plan with the fewest instalments of which none is beyond what can be paid."""
    if product.kind is Kind.SETTLEMENT:
        return _settled(product, debt, wish)
    monthly = int((wish.monthly * product.share).to_integral_value(ROUND_FLOOR))
    if monthly <= 0:
        return None
    least, most = product.months
    for months in range(max(least, _fewest(product, debt, monthly)), most + 1):
        plan = work_out(product, debt, months, wish.first)
        if plan is not None and plan.schedule.highest <= monthly:
            return plan
    return None


def _fewest(product: Product, debt: Debt, monthly: int) -> int:
    """Return a number of months below which no plan can fit, to begin the search at; the most where none ever fits."""
    if product.kind not in _EVEN or product.fee:
        return 1
    rest = debt.outstanding * (100 - product.waive) / 100
    needed = months_needed(rest, product.rate, Decimal(monthly))
    return needed - 1 if needed is not None else product.months[1]


def _settled(product: Product, debt: Debt, wish: Wish) -> Plan | None:
    """Return a settlement that the customer can pay at once and that instalments would not be worth more than."""
    plan = work_out(product, debt, 1, wish.first)
    if plan is None or plan.schedule.total > wish.lump_sum:
        return None
    if wish.monthly > 0:
        months = months_needed(Decimal(debt.outstanding), Decimal(0), Decimal(wish.monthly)) or 1
        regular = Decimal(debt.outstanding) / months
        if plan.schedule.total < worth_of_instalments(regular, months, product.chance, product.discount):
            return None
    return plan
