"""How many promises so much money keeps."""

from decimal import Decimal

import pytest

from bot.casework.promises import kept


@pytest.mark.parametrize(
    ("paid", "count"),
    [(0, 0), (8999, 0), (9000, 1), (10000, 1), (18999, 1), (19000, 2), (30000, 3), (99999, 3)],
)
def test_ninety_in_a_hundred_keep_it(paid: int, count: int) -> None:
    """Three of 100.00: 90.00 keep the first, and what was short there is needed for the second."""
    assert kept([10000, 10000, 10000], paid, Decimal(90)) == count
