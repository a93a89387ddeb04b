"""Schedules to the smallest unit."""

from datetime import date
from decimal import Decimal

from bot.casework.solutions import schedule as sums
from bot.casework.solutions.months import due_days

FIRST = date(2027, 1, 31)
CENT = Decimal("0.01")


def test_the_remainder_is_in_the_last_instalment() -> None:
    """100.00 in three: 33.33, 33.33, 33.34."""
    schedule = sums.equal(10000, Decimal(0), 3, FIRST)

    assert schedule is not None
    assert [one.amount for one in schedule.instalments] == [3333, 3333, 3334]


def test_interest_is_booked_month_by_month() -> None:
    """50,000 at 1 % over 24: 2,353.67 each month, and everything paid is the debt and its interest."""
    schedule = sums.equal(5000000, CENT, 24, FIRST)

    assert schedule is not None
    assert {one.amount for one in schedule.instalments[:-1]} == {235367}
    assert abs(schedule.cost - 648817) <= 24
    assert schedule.total == 5000000 + schedule.cost


def test_equal_principal() -> None:
    """50,000 at 1 % over 24: from 2,583.33 down to 2,104.17 and the remainder, 6,250.00 of interest."""
    schedule = sums.equal_principal(5000000, CENT, 24, FIRST)

    assert schedule is not None
    assert schedule.instalments[0].amount == 258333
    assert 0 <= schedule.instalments[-1].amount - 210417 < 24
    assert abs(schedule.cost - 625000) <= 24


def test_a_flat_fee_runs_to_the_end() -> None:
    """12,000 with 0.6 % over 12: 1,072.00 each, 72.00 of it the fee."""
    schedule = sums.flat_fee(1200000, Decimal("0.006"), 12, FIRST)

    assert schedule is not None
    assert {(one.amount, one.cost) for one in schedule.instalments} == {(107200, 7200)}


def test_a_pause_moves_every_day_and_keeps_its_interest() -> None:
    """Three months of pause at 1 %: the first day is three months later, and 51,515.05 is paid off."""
    schedule = sums.after_pause(5000000, CENT, 3, 24, FIRST)

    assert schedule is not None
    assert schedule.instalments[0].due_on == date(2027, 4, 30)
    assert schedule.instalments[0].amount == 242499
    assert schedule.total - schedule.cost == 5000000


def test_arrears_beside_the_running_instalment() -> None:
    """300.00 of arrears in three beside 120.00 a month: 220.00 a month, of which 120.00 was due anyway."""
    schedule = sums.beside_running(30000, 12000, 3, FIRST)

    assert schedule is not None
    assert [(one.amount, one.running) for one in schedule.instalments] == [(22000, 12000)] * 3


def test_the_yen_has_no_smaller_unit() -> None:
    """1,000 yen in three are 333, 333, 334, and 2 yen cannot be paid in three."""
    schedule = sums.equal(1000, Decimal(0), 3, FIRST)

    assert schedule is not None
    assert [one.amount for one in schedule.instalments] == [333, 333, 334]
    assert sums.equal(2, Decimal(0), 3, FIRST) is None


def test_a_short_month_has_its_last_day() -> None:
    """From 31 January: 28 February, then 31 March again, and so over the year's end."""
    assert list(due_days(FIRST, 3)) == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]
    assert list(due_days(date(2027, 12, 30), 3))[-1] == date(2028, 2, 29)
