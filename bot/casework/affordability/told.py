"""What a customer told of their money, in minor units of one currency."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """`amounts`: by heading, a month; what was not said is left out. `debt`: what is owed here.

    `other_debts`: owed to others altogether, those aside that are paid first. `own`: what the customer says they
    could spare in a month, 0 for nothing now. None: not said.
    """

    amounts: Mapping[str, int]
    debt: int
    other_debts: int | None = None
    own: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for an amount below zero: nobody earns or owes less than nothing."""
        if min((*self.amounts.values(), self.debt, self.other_debts or 0, self.own or 0)) < 0:
            raise ValueError("an amount is below zero")
