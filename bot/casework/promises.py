"""When what somebody would pay counts as paid."""

from collections.abc import Sequence
from decimal import Decimal


def left(amounts: Sequence[int], paid: int, number: int) -> int:
    """Return what is missing of the promise at a place in their order, in minor units; earlier ones come first."""
    return min(amounts[number], max(0, sum(amounts[: number + 1]) - paid))


def kept(amounts: Sequence[int], paid: int, tolerance: Decimal) -> int:
    """Return how many promises, in their order, so much money keeps; all in minor units.

    One is kept once everything before it and `tolerance` (percent) of itself is there: a little short is not broken,
    and what was short is asked for with the next.
    """
    before = 0
    for number, amount in enumerate(amounts):
        if paid < before + amount * tolerance / 100:
            return number
        before += amount
    return len(amounts)
