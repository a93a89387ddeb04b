"""Scorecards and the table of treatments, as `reading` finds them in a file and `scoring` uses them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.casework.risk.inputs import Value, View
from flows.script.model import Place, Text


class Direction(StrEnum):
    """How points go with a number: rising, the more the more; falling, the more the fewer."""

    RISING = "rising"
    FALLING = "falling"


class Treatment(StrEnum):
    """What is to be done about a case."""

    NO_VISIT = "no_visit"
    MESSAGE_FIRST = "message_first"
    VISIT_BY_TWO = "visit_by_two"
    VISIT_WITH_CARE = "visit_with_care"
    HARDSHIP_TEAM = "hardship_team"
    DO_NOT_VISIT = "do_not_visit"


@dataclass(frozen=True, slots=True)
class Grade:
    """`above` is the points from which it holds; more points, more concern."""

    id: str
    label: Text
    above: int


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of an input's values: numbers up to and with `up_to` (None: all above), or some words."""

    points: int
    say: Text
    up_to: int | None = None
    words: frozenset[str] = frozenset()

    def holds(self, value: Value) -> bool:
        """Say whether a value lies here; of bands of numbers the first that holds counts."""
        if isinstance(value, str):
            return value in self.words
        return self.up_to is None or value <= self.up_to


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that a scorecard looks at. `missing` is what counts, and is said, while it is not known."""

    id: str
    input: str
    bands: tuple[Band, ...]
    missing: Band
    change: Text  # what would change it
    direction: Direction | None = None

    @property
    def least(self) -> int:
        """The fewest points of any answer."""
        return min(band.points for band in self.bands)

    @property
    def most(self) -> int:
        """The most points of any answer."""
        return max(band.points for band in self.bands)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The column of a history that tells how it came out, the word in it that the view warns of, what that means."""

    column: str
    concern: str
    say: Text


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One view's scorecard. Grades are in order, from the least concern to the most."""

    view: View
    version: int
    title: Text
    grades: tuple[Grade, ...]
    factors: tuple[Factor, ...]
    outcome: Outcome
    file: str
    sha256: str
    places: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)

    def grade(self, points: int) -> Grade:
        """Return the grade of so many points."""
        return next(grade for grade in reversed(self.grades) if points >= grade.above)

    def texts(self) -> Iterator[Text]:
        """Yield every text that people read, in the order of the file."""
        yield self.title
        yield self.outcome.say
        yield from (grade.label for grade in self.grades)
        for factor in self.factors:
            yield from (band.say for band in (*factor.bands, factor.missing))
            yield factor.change


@dataclass(frozen=True, slots=True)
class TreatmentCard:
    """What a treatment means. `visit`: a team goes. `stands`: the recommendation suffices without a person's decision.

    `helps`: it leads the customer to somebody whose work is to help.
    """

    id: Treatment
    label: Text
    visit: bool
    stands: bool
    helps: bool


@dataclass(frozen=True, slots=True)
class Row:
    """When every condition holds (a view's grade, or an input's word, is one of these), `then` is recommended."""

    id: str
    when: Mapping[str, frozenset[str]]
    then: Treatment
    because: Text


@dataclass(frozen=True, slots=True)
class TreatmentTable:
    """The decision table: the first row that holds counts; the last one always does."""

    name: str
    version: int
    treatments: Mapping[Treatment, TreatmentCard]
    rows: tuple[Row, ...]
    file: str
    sha256: str
    places: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)

    def texts(self) -> Iterator[Text]:
        """Yield every text that people read, in the order of the file."""
        yield from (card.label for card in self.treatments.values())
        yield from (row.because for row in self.rows)


@dataclass(frozen=True, slots=True)
class RiskModel:
    """The scorecards and the table that are in use together."""

    cards: Mapping[View, Scorecard]
    table: TreatmentTable

    @property
    def versions(self) -> Mapping[str, int]:
        """The version of each scorecard, and of the table under its own name."""
        return {str(view): card.version for view, card in self.cards.items()} | {
            self.table.name: self.table.version
        }
