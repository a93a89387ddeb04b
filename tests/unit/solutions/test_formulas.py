"""The formulas of instalments against worked examples, to the cent."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from bot.casework.solutions import formulas

P, RATE, N = Decimal(50000), Decimal("0.01"), 24


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_equal_instalments() -> None:
    """50,000 at 1 % over 24 months: 2,353.67 a month, 6,488.17 of interest, 38,596.17 owed after six."""
    instalment = formulas.equal_instalment(P, RATE, N)
    left = P
    for _ in range(6):
        left = left * (1 + RATE) - instalment

    assert cents(instalment) == Decimal("2353.67")
    assert cents(instalment * N - P) == Decimal("6488.17")
    assert cents(left) == Decimal("38596.17")


def test_without_interest_it_is_a_plain_division() -> None:
    """Art. 70 at no charge: 60,000 over 60 months is 1,000.00 each."""
    assert formulas.equal_instalment(Decimal(60000), Decimal(0), 60) == Decimal(1000)


@pytest.mark.parametrize(
    ("instalment", "months"), [("2000", 29), ("2353.6737", 24), ("500", None), ("499", None), ("50500", 1)]
)
def test_months_needed(instalment: str, months: int | None) -> None:
    """2,000 a month need 28.91 months, so 29; what does not bear the interest never ends."""
    assert formulas.months_needed(P, RATE, Decimal(instalment)) == months


def test_months_needed_without_interest_are_exact() -> None:
    """100 a month pay 1,200 in 12 months and not in 13."""
    assert formulas.months_needed(Decimal(1200), Decimal(0), Decimal(100)) == 12


def test_holiday() -> None:
    """Three months with interest make 51,515.05 of 50,000, then 24 instalments of 2,424.99."""
    grown = formulas.after_holiday(P, RATE, 3)

    assert cents(grown) == Decimal("51515.05")
    assert cents(formulas.equal_instalment(grown, RATE, N)) == Decimal("2424.99")


@pytest.mark.parametrize(("growth", "first"), [("0.01", "2104.17"), ("0.02", "1874.41")])
def test_step_up(growth: str, first: str) -> None:
    """The first of growing instalments, where the growth is the rate and where it is more."""
    assert cents(formulas.stepped_first(P, RATE, N, Decimal(growth))) == Decimal(first)


def test_flat_fee() -> None:
    """12,000 over 12 months with 0.6 % a month: 1,072.00, in truth 1.0862 % a month and 13.84 % a year."""
    instalment = formulas.flat_fee_instalment(Decimal(12000), Decimal("0.006"), 12)
    rate = formulas.monthly_rate(Decimal(12000), instalment, 12)

    assert cents(instalment) == Decimal("1072.00")
    assert (rate * 100).quantize(Decimal("0.0001")) == Decimal("1.0862")
    assert cents(rate * 1200) == Decimal("13.03")
    assert cents(formulas.yearly(rate) * 100) == Decimal("13.84")


def test_worth_of_instalments() -> None:
    """Two certain instalments of 110 and 121 at 10 % are worth 100 each today; half as likely, half as much."""
    worth = formulas.worth_of_instalments(Decimal(110), 1, Decimal("0.5"), Decimal("0.1"))

    assert cents(worth) == Decimal("50.00")
