"""A part of what the scheduler sees of a case: each noun of a case gives one, and `/case` puts them together."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.service.outbound.ports import Button


@dataclass(frozen=True, slots=True)
class Section:
    """`html` is escaped already; `rows` are rows of action buttons, to stand below the whole."""

    html: str
    rows: Sequence[Sequence[Button]] = ()
