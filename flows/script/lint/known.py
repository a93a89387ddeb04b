"""What the rest of the system offers to scripts, for the proofs to hold them against."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Known:
    """`placeholders` can be filled in; `effects` end in one of their outcomes.

    `catalogues` hold, by locale, a function of context and English that returns the approved translation, or
    None when there is none or it is not sure (fuzzy).
    """

    placeholders: Collection[str] = ()
    effects: Mapping[str, Collection[str]] = field(default_factory=dict)
    catalogues: Mapping[str, Translate] = field(default_factory=dict)
