"""The neutral card: it says who came by and how to reach them, and nothing of why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """What the card says, in one language (`en`, `zh_Hans` or `zh_Hant`), translated by the caller."""

    locale: str
    title: str
    lines: tuple[str, ...]
