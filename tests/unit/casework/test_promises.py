"""How many promises so much money keeps."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.promises import kept, left


@pytest.mark.parametrize(
    ("paid", "count"),
    [(0, 0), (8999, 0), (9000, 1), (10000, 1), (18999, 1), (19000, 2), (30000, 3), (99999, 3)],
)
def test_ninety_in_a_hundred_keep_it(paid: int, count: int) -> None:
    """Three of 100.00: 90.00 keep the first, and what was short there is needed for the second."""
    assert kept([10000, 10000, 10000], paid, Decimal(90)) == count


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=12), st.integers(0, 10**8))
def test_what_is_missing_is_what_did_not_come_in(amounts: list[int], paid: int) -> None:
    """Together exactly the rest is missing, never more of one than it is, and of a later one only what is too much."""
    missing = [left(amounts, paid, number) for number in range(len(amounts))]

    assert sum(missing) == max(0, sum(amounts) - paid)
    assert all(0 <= part <= whole for part, whole in zip(missing, amounts, strict=True))
    begun = [part < whole for part, whole in zip(missing, amounts, strict=True)]
    assert begun == sorted(begun, reverse=True)
