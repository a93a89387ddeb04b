"""A schedule: what is paid on which day, to the smallest unit, the remainder in the last instalment."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import pairwise

from bot.casework.solutions.formulas import (
    after_holiday,
    equal_instalment,
    flat_fee_instalment,
    stepped_first,
)
from bot.casework.solutions.months import due_days
from bot.casework.solutions.months import later as months_later


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment. `cost`: interest or fee in it; `running`: the contract's instalment in it; `left`: owed after it."""

    due_on: date
    amount: int
    cost: int = 0
    running: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """All payments in order. What they pay off is the sum of the amounts less `cost` and `running`."""

    instalments: tuple[Instalment, ...]

    @property
    def total(self) -> int:
        """Everything that is paid."""
        return sum(one.amount for one in self.instalments)

    @property
    def cost(self) -> int:
        """Interest and fees altogether."""
        return sum(one.cost for one in self.instalments)

    @property
    def highest(self) -> int:
        """The largest payment."""
        return max(one.amount for one in self.instalments)

    @property
    def ends_on(self) -> date:
        """The day of the last payment."""
        return self.instalments[-1].due_on


def equal(balance: int, rate: Decimal, months: int, first: date) -> Schedule | None:
    """Return equal instalments; None where the balance has fewer units than there are months."""
    exact = equal_instalment(Decimal(balance), rate, months)
    return _paid_down(balance, rate, first, lambda regular: [regular] * (months - 1), exact)


def equal_principal(balance: int, rate: Decimal, months: int, first: date) -> Schedule | None:
    """Return instalments that pay off the same of the balance each month, so that they fall with the interest."""
    part = balance // months
    amounts = [part + _rounded((balance - paid * part) * rate) for paid in range(months - 1)]
    return _rows(balance, rate, first, amounts)


def stepped(balance: int, rate: Decimal, months: int, first: date, growth: Decimal) -> Schedule | None:
    """Return instalments that begin low and grow by `growth` each month."""
    exact = stepped_first(Decimal(balance), rate, months, growth)

    def growing(start: int) -> list[int]:
        return [_rounded(start * (1 + growth) ** k) for k in range(months - 1)]

    return _paid_down(balance, rate, first, growing, exact)


def flat_fee(balance: int, fee: Decimal, months: int, first: date) -> Schedule | None:
    """Return equal instalments with the same fee in each; the remainder of balance and of fees in the last."""
    regular = _rounded(flat_fee_instalment(Decimal(balance), fee, months))
    so_far = [_rounded(balance * fee * month) for month in range(months + 1)]
    costs = [later - before for before, later in pairwise(so_far)]
    amounts = [regular] * (months - 1) + [balance + so_far[-1] - regular * (months - 1)]
    left, rows = balance, []
    for due_on, amount, cost in zip(due_days(first, months), amounts, costs, strict=True):
        left -= amount - cost
        rows.append(Instalment(due_on, amount, cost, left=left))
    return _sound(rows)


def after_pause(balance: int, rate: Decimal, pause: int, months: int, first: date) -> Schedule | None:
    """Return equal instalments after `pause` months without any; what the rate adds meanwhile is in the first cost."""
    grown = _rounded(after_holiday(Decimal(balance), rate, pause))
    schedule = equal(grown, rate, months, months_later(first, pause))
    if schedule is None or grown == balance:
        return schedule
    return _with_cost(schedule, grown - balance)


def beside_running(arrears: int, running: int, months: int, first: date) -> Schedule | None:
    """Return arrears in equal parts, each beside the instalment that the contract asks for anyway."""
    parts = equal(arrears, Decimal(0), months, first)
    if parts is None:
        return None
    rows = (replace(one, amount=one.amount + running, running=running) for one in parts.instalments)
    return Schedule(tuple(rows))


def once(amount: int, on: date) -> Schedule:
    """Return a single payment that closes the debt."""
    return Schedule((Instalment(on, amount),))


def _with_cost(schedule: Schedule, more: int) -> Schedule:
    """Book interest that grew before the first payment as cost of the first ones, as far as each bears it."""
    rows = []
    for one in schedule.instalments:
        taken = min(more, one.amount - one.cost)
        more -= taken
        rows.append(replace(one, cost=one.cost + taken))
    return Schedule(tuple(rows))


def _paid_down(
    balance: int, rate: Decimal, first: date, amounts: Callable[[int], list[int]], exact: Decimal
) -> Schedule | None:
    """Round the regular instalment as people do; down, where that would leave nothing for the last one."""
    return _rows(balance, rate, first, amounts(_rounded(exact))) or _rows(
        balance, rate, first, amounts(int(exact.to_integral_value(ROUND_FLOOR)))
    )


def _rows(balance: int, rate: Decimal, first: date, amounts: Sequence[int]) -> Schedule | None:
    """Return these payments and a last one for the rest."""
    left, rows = balance, []
    days: Iterator[date] = due_days(first, len(amounts) + 1)
    for due_on, amount in zip(days, (*amounts, None), strict=True):
        cost = _rounded(left * rate)
        paid = left + cost if amount is None else amount
        left -= paid - cost
        rows.append(Instalment(due_on, paid, cost, left=left))
    return _sound(rows)


def _sound(rows: Sequence[Instalment]) -> Schedule | None:
    """Return the schedule, unless a payment would be nothing or a debt would grow while it is paid."""
    falls = all(one.amount > one.cost >= 0 and one.left >= 0 for one in rows)
    return Schedule(tuple(rows)) if falls else None


def _rounded(amount: Decimal) -> int:
    return int(Decimal(amount).to_integral_value(ROUND_HALF_UP))
