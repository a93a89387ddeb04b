"""From a statement to what can be paid in a month, with every step on the way.

Surplus = income - outgoings - debts that come first - a buffer; this creditor's part of it is by the sizes of the
debts (Standard Financial Statement; compliance facts, section 11.3). Every share is rounded in the customer's favour.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from bot.casework.affordability.form import Form, Heading, Kind, Reckoning
from bot.casework.affordability.told import Told

_COSTS = (Kind.FIXED, Kind.FLEXIBLE)


class Standing(StrEnum):
    """What came of it. `cannot_pay_now` is an answer like the others, with a way of its own."""

    CAN_PAY = "can_pay"
    CANNOT_PAY_NOW = "cannot_pay_now"
    INCOMPLETE = "incomplete"


class Basis(StrEnum):
    """What the monthly figure rests on; `override`: a person decided to go beyond what was worked out."""

    STATEMENT = "statement"
    OWN_WORD = "own_word"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Line:
    """One step: what was added or (below zero) taken away, in minor units."""

    step: Reckoning
    amount: int


@dataclass(frozen=True, slots=True)
class Affordability:
    """`monthly`: at most this in a month, in minor units, never below zero. `missing`: required and not said.

    On a whole statement the lines add up to `monthly`, unless outgoings leave nothing.
    """

    standing: Standing
    basis: Basis
    monthly: int
    lines: tuple[Line, ...]
    missing: tuple[Heading, ...]


def assess(form: Form, told: Told) -> Affordability:
    """Work out what can be paid. What was not said is named, and never taken for something.

    Where the statement has gaps the customer's own figure counts, as far as what they did say bears it.
    """
    missing = tuple(one for one in form.headings if one.required and one.id not in told.amounts)
    knows_income = any(one.id in told.amounts for one in form.of(Kind.INCOME))
    lines = tuple(_reckon(form, told)) if knows_income else ()
    left = sum(line.amount for line in lines)
    basis = Basis.OWN_WORD if missing else Basis.STATEMENT
    if told.own == 0 or (knows_income and left <= 0):
        return Affordability(Standing.CANNOT_PAY_NOW, basis, 0, lines, missing)
    if missing and told.own is None:
        return Affordability(Standing.INCOMPLETE, basis, 0, lines, missing)
    monthly = left if knows_income else told.own or 0
    return Affordability(Standing.CAN_PAY, basis, monthly, lines, missing)


def _reckon(form: Form, told: Told) -> Iterator[Line]:
    """Yield income and everything that comes off it; below zero nothing more is taken off."""
    left = _sum(form, told, Kind.INCOME)
    yield Line(Reckoning.INCOME, left)
    for step, kinds in ((Reckoning.OUTGOINGS, _COSTS), (Reckoning.PRIORITY_DEBTS, (Kind.PRIORITY_DEBT,))):
        off = _sum(form, told, *kinds)
        left -= off
        yield Line(step, -off)
    if left <= 0:
        return
    for step, share in ((Reckoning.SAVING, form.saving), (Reckoning.MARGIN, form.margin)):
        off = _share(left, share)
        left -= off
        yield Line(step, -off)
    others = told.other_debts or 0
    if others:
        off = left - left * told.debt // (told.debt + others)
        left -= off
        yield Line(Reckoning.OTHER_CREDITORS, -off)
    if told.own is not None and told.own < left:
        yield Line(Reckoning.OWN_FIGURE, told.own - left)


def _sum(form: Form, told: Told, *kinds: Kind) -> int:
    return sum(told.amounts.get(heading.id, 0) for heading in form.of(*kinds))


def _share(amount: int, percent: Decimal) -> int:
    return int((amount * percent / 100).to_integral_value(ROUND_CEILING))


def burden(form: Form, told: Told, monthly: int) -> str | None:
    """Return green, amber or red for all debt service with `monthly`, by its share of income; None without income."""
    income = _sum(form, told, Kind.INCOME)
    if not income:
        return None
    share = 100 * (_sum(form, told, Kind.PRIORITY_DEBT) + monthly)
    return "red" if share > form.red * income else "amber" if share > form.amber * income else "green"
