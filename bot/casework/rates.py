"""A share of what was counted, with how sure it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from bot.casework.intervals import Interval, wilson

FEW = 30  # below it a figure is marked as too few to lean on


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `cases`, with Wilson's 95 % interval."""

    hits: int
    cases: int

    @classmethod
    def of(cls, told: Iterable[bool]) -> Self:
        """Count what is so of what is told."""
        every = list(told)
        return cls(sum(every), len(every))

    @property
    def share(self) -> float | None:
        """The share, None of nothing."""
        return self.hits / self.cases if self.cases else None

    @property
    def interval(self) -> Interval:
        """Between which shares the true one lies."""
        return wilson(self.hits, self.cases)

    @property
    def few(self) -> bool:
        """Is this too little to lean on?"""
        return self.cases < FEW
