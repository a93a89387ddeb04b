"""What a report of several sections with tables says. All words are the caller's."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and rows of equally many cells; the first cell of a row names it.

    `shares` are the columns' of the width, where they are not as the first needs and the others alike.
    """

    heading: str
    rows: Sequence[Sequence[str]]
    shares: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says, in one language (`en`, `zh_Hans` or `zh_Hant`), translated by the caller."""

    locale: str
    title: str
    subtitle: str
    sections: Sequence[Section]
    footer: str
