"""A share with its interval, as words and pictures show it. Apart from what draws: that takes a second to be read."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A label, a share from 0 to 1 (None of nothing), its interval, how many ("12 / 40"); `few`: too few to lean on."""

    label: str
    share: float | None
    low: float
    high: float
    count: str
    few: bool = False

    @property
    def texts(self) -> Sequence[str]:
        """All that is written."""
        return (self.label, self.count)
