"""What the rest of the system offers to scripts, for the proofs to hold them against."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from re import Pattern

from flows.script.model import Party

Translate = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many characters there can be, in one language, in what fills a placeholder and in the rules' own `lines`."""

    filled: Mapping[str, int] = field(default_factory=dict)
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Start:
    """How a script is begun: `identified`, only for somebody who has shown who they are; with these session `values`.

    `said`: the question (its `save`) and the choice by which staff say that the one they talk to is the customer,
    where no performance establishes it.
    """

    identified: bool = False
    values: Collection[str] = ()
    inherited: Mapping[str, Collection[str]] = field(default_factory=dict)
    said: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """What no customer is ever told, in one language (`locale`), and why."""

    locale: str
    pattern: Pattern[str]
    why: str


@dataclass(frozen=True, slots=True)
class Known:
    """What scripts may rely on, and what they must not do.

    `placeholders` can be filled in, those in `disclosing` tell of the debt; `values` are what conversations are begun
    with or keep, `inherited` by script what those keep that run it. `effects` end in one of their outcomes; they
    `need` session values, and `give` some with an outcome. `identifies`: effects with the outcome by which the right
    party is established. `begun`: scripts that are not only run by others. `others`: choices that say that it is
    somebody else. `at_hand`: permanent choices that a party has at every question. `catalogues` hold, by locale, a
    function of context and English that returns the approved translation, or None when there is none or it is not
    sure (fuzzy). `never`: what nobody is told. `rights`: permanent choices that stand for what a customer may always
    say, with the script or effect that obeys it. `lengths`, by locale and with English, are those of the longest words
    that there can be.
    """

    placeholders: Collection[str] = ()
    effects: Mapping[str, Collection[str]] = field(default_factory=dict)
    catalogues: Mapping[str, Translate] = field(default_factory=dict)
    values: Collection[str] = ()
    inherited: Mapping[str, Collection[str]] = field(default_factory=dict)
    needs: Mapping[str, Collection[str]] = field(default_factory=dict)
    gives: Mapping[tuple[str, str], Collection[str]] = field(default_factory=dict)
    identifies: Collection[tuple[str, str]] = ()
    begun: Mapping[str, Start] = field(default_factory=dict)
    others: Collection[str] = ()
    disclosing: Collection[str] = ()
    rights: Mapping[str, str] = field(default_factory=dict)
    lengths: Mapping[str, Lengths] = field(default_factory=dict)
    at_hand: Mapping[Party, Collection[str]] = field(default_factory=dict)
    never: Collection[Phrase] = ()
