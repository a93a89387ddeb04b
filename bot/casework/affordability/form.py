"""The form of a financial statement: its headings, and the lender's policy for what is left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from flows.script.model import Place, Text


class Kind(StrEnum):
    """Where a heading stands: as in the Standard Financial Statement, with debts that come before others."""

    INCOME = "income"
    FIXED = "fixed"
    FLEXIBLE = "flexible"
    PRIORITY_DEBT = "priority_debt"


class Reckoning(StrEnum):
    """One step of the way from income to what can be paid."""

    INCOME = "income"
    OUTGOINGS = "outgoings"
    PRIORITY_DEBTS = "priority_debts"
    SAVING = "saving"
    MARGIN = "margin"
    OTHER_CREDITORS = "other_creditors"
    OWN_FIGURE = "own_figure"


@dataclass(frozen=True, slots=True)
class Heading:
    """One amount a month that is asked for. Without a `required` one nothing can be worked out."""

    id: str
    kind: Kind
    label: Text
    required: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One released version. `saving` and `margin` are percent of what is left, 0 to 100.

    `saving` stays with the customer as a buffer; `margin` is not planned with, since no month is like another.
    `amber` and `red` are the percent of income from which all debt service together is heavy, and too heavy.
    """

    name: str
    version: int
    saving: Decimal
    margin: Decimal
    amber: int
    red: int
    headings: tuple[Heading, ...]
    lines: Mapping[Reckoning, Text]
    file: str = ""
    sha256: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)

    def of(self, *kinds: Kind) -> Iterator[Heading]:
        """Yield the headings of these kinds in the order of the form."""
        return (heading for heading in self.headings if heading.kind in kinds)

    def texts(self) -> Iterator[Text]:
        """Yield every text for people."""
        yield from (heading.label for heading in self.headings)
        yield from self.lines.values()
