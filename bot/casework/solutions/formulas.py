"""Closed formulas of instalments, unrounded (compliance facts, section 11.4).

`balance` is what is owed, `rate` the decimal fraction that a month adds to it, `months` how many instalments.
"""

from decimal import ROUND_CEILING, Context, Decimal, localcontext

_EXACT = Context(prec=40)
_SMALL = Decimal("1e-15")
_ONE = Decimal(1)


def equal_instalment(balance: Decimal, rate: Decimal, months: int) -> Decimal:
    """Return the instalment that is the same every month: P*i / (1 - (1+i)^-n)."""
    with localcontext(_EXACT):
        return balance * rate / (1 - (1 + rate) ** -months) if rate else balance / months


def months_needed(balance: Decimal, rate: Decimal, instalment: Decimal) -> int | None:
    """Return after how many equal instalments nothing is left: -ln(1 - P*i/M) / ln(1+i), rounded up.

    None when the instalment does not even bear the interest.
    """
    with localcontext(_EXACT):
        if instalment <= balance * rate or instalment <= 0:
            return None
        exact = -(1 - balance * rate / instalment).ln() / (1 + rate).ln() if rate else balance / instalment
        return max(1, int((exact - _SMALL).to_integral_value(ROUND_CEILING)))


def stepped_first(balance: Decimal, rate: Decimal, months: int, growth: Decimal) -> Decimal:
    """Return the first of instalments that each grow by `growth`: P(i-g) / (1 - ((1+g)/(1+i))^n)."""
    with localcontext(_EXACT):
        if growth == rate:
            return balance * (1 + rate) / months
        return balance * (rate - growth) / (1 - ((1 + growth) / (1 + rate)) ** months)


def after_holiday(balance: Decimal, rate: Decimal, months: int) -> Decimal:
    """Return what is owed after months without payment, the rate running on: P(1+i)^h."""
    with localcontext(_EXACT):
        return balance * (1 + rate) ** months


def flat_fee_instalment(balance: Decimal, fee: Decimal, months: int) -> Decimal:
    """Return the instalment with a fee of the first balance in every month: P/n + P*f."""
    with localcontext(_EXACT):
        return balance / months + balance * fee


def monthly_rate(balance: Decimal, instalment: Decimal, months: int) -> Decimal:
    """Return the true rate of equal instalments, the r of P = M*(1-(1+r)^-n)/r, by halving; 0 if they cost nothing."""
    with localcontext(_EXACT):
        if instalment * months <= balance:
            return Decimal(0)
        low, high = Decimal(0), _ONE
        while high - low > _SMALL:
            middle = (low + high) / 2
            low, high = (
                (middle, high) if equal_instalment(balance, middle, months) < instalment else (low, middle)
            )
        return high


def yearly(rate: Decimal) -> Decimal:
    """Return the effective rate of a year: (1+r)^12 - 1."""
    with localcontext(_EXACT):
        return (1 + rate) ** 12 - 1


def worth_of_instalments(instalment: Decimal, months: int, chance: Decimal, discount: Decimal) -> Decimal:
    """Return what instalments are worth today, each paid with `chance`: the sum of M*p/(1+d)^k."""
    with localcontext(_EXACT):
        return sum((instalment * chance / (1 + discount) ** k for k in range(1, months + 1)), Decimal(0))
