"""What a lender can offer in a place: products as data, each with who may grant how much of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from flows.script.model import Place, Text


class Kind(StrEnum):
    """The shape of a way to settle."""

    EQUAL_INSTALMENTS = "equal_instalments"
    EQUAL_PRINCIPAL = "equal_principal"
    STEP_UP = "step_up"
    CATCH_UP = "catch_up"
    TERM_EXTENSION = "term_extension"
    PAYMENT_HOLIDAY = "payment_holiday"
    REDUCTION = "reduction"
    SETTLEMENT = "settlement"


class Authority(StrEnum):
    """Who may grant a plan, the least first; `second`: a scheduler and a second, different one."""

    TEAM = "team"
    SCHEDULER = "scheduler"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Limit:
    """How far an authority goes: instalments at most, percent of the debt given up at most."""

    authority: Authority
    months: int
    waive: Decimal


@dataclass(frozen=True, slots=True)
class Product:
    """One way to settle as this lender offers it here.

    `months`: fewest and most instalments. `rate`, `fee`, `growth`: decimal fractions of a month. `share`: how much of
    what is affordable it uses, a fraction, so that a gentler one can stand beside. `pause`: months without payment
    at the beginning. `waive`: percent of the debt given up. `chance` and `discount`: how likely an instalment is
    and what waiting costs, for the test whether a settlement is worth it. `circumstances`: offered only for these
    reasons of the arrears; `accounts`: only where the account's name holds one of these words; empty: always.
    `promise`: something more that the customer promises, None for nothing.
    """

    id: str
    kind: Kind
    label: Text
    months: tuple[int, int]
    limits: tuple[Limit, ...]
    rate: Decimal = Decimal(0)
    fee: Decimal = Decimal(0)
    growth: Decimal = Decimal(0)
    share: Decimal = Decimal(1)
    pause: int = 0
    waive: Decimal = Decimal(0)
    chance: Decimal = Decimal(1)
    discount: Decimal = Decimal(0)
    circumstances: frozenset[str] = frozenset()
    accounts: tuple[str, ...] = ()
    promise: Text | None = None

    def authority(self, months: int) -> Authority | None:
        """Return the least authority that may grant so many instalments of it; None when nobody may."""
        enough = (one.authority for one in self.limits if months <= one.months and self.waive <= one.waive)
        return next(enough, None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The products of one place (a jurisdiction, such as CN; empty: everywhere), best first.

    `cooling_off`: days in which an accepted plan can be taken back. `tolerance`: the percent of an instalment from
    which it counts as kept.
    """

    name: str
    version: int
    place: str
    cooling_off: int
    tolerance: Decimal
    products: tuple[Product, ...]
    file: str = ""
    sha256: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)

    def texts(self) -> Iterator[Text]:
        """Yield every text for people."""
        for product in self.products:
            yield product.label
            if product.promise is not None:
                yield product.promise


def for_place(catalogues: Iterable[Catalogue], jurisdiction: str) -> Catalogue:
    """Return what holds in a jurisdiction: its own products first, then those offered everywhere.

    A state without a catalogue of its own (US-MA) has its country's. Raises LookupError without one for everywhere.
    """
    by_place = {one.place: one for one in catalogues}
    if "" not in by_place:
        raise LookupError("there is no catalogue for everywhere")
    own = by_place.get(jurisdiction) or by_place.get(jurisdiction.partition("-")[0])
    if own is None or not own.place:
        return by_place[""]
    names = {product.id for product in own.products}
    shared = (product for product in by_place[""].products if product.id not in names)
    return replace(own, products=(*own.products, *shared))
