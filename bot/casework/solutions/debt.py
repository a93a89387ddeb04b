"""What is owed, as the lender's file has it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Debt:
    """Minor units. `outstanding`: all of it. `arrears`: what of it is overdue, None where the file does not say.

    `instalment`: what the contract asks for in a month, None where there is none. `product`: the account's name in
    the file, empty where it has none.
    """

    outstanding: int
    arrears: int | None = None
    instalment: int | None = None
    product: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError for a debt of nothing, or arrears beyond it."""
        if self.outstanding <= 0 or not 0 <= (self.arrears or 0) <= self.outstanding:
            raise ValueError("this is no debt")
