"""From what is known of a case to its grades, each with its reasons, and to a recommended treatment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.casework.risk.inputs import Inputs, Value, View
from bot.casework.risk.model import (
    Band,
    Factor,
    Grade,
    RiskModel,
    Row,
    Scorecard,
    TreatmentCard,
    TreatmentTable,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """What one factor came to; `value` None: it is not known, and `band` is the factor's `missing`."""

    factor: Factor
    value: Value | None
    band: Band


@dataclass(frozen=True, slots=True)
class Change:
    """One known factor that alone could lower the grade to `grade`, if it came to its best answer."""

    factor: Factor
    grade: Grade


@dataclass(frozen=True, slots=True)
class Scored:
    """One view of a case. `best` and `worst`: what the grade can turn out to be once the missing is known."""

    card: Scorecard
    points: int
    grade: Grade
    best: Grade
    worst: Grade
    reasons: tuple[Reason, ...]  # most points first
    changes: tuple[Change, ...]  # the greatest effect first

    @property
    def missing(self) -> tuple[Reason, ...]:
        """The factors that nothing is known of."""
        return tuple(reason for reason in self.reasons if reason.value is None)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the table says, and the row that said it."""

    treatment: TreatmentCard
    row: Row


@dataclass(frozen=True, slots=True)
class Assessment:
    """A case seen in the four views, and what follows from them."""

    views: Mapping[View, Scored]
    recommendation: Recommendation

    @property
    def grades(self) -> Mapping[str, str]:
        """The grade of each view, as ids."""
        return {str(view): scored.grade.id for view, scored in self.views.items()}


def assess(model: RiskModel, inputs: Inputs) -> Assessment:
    """Grade a case in every view and look up the treatment. Raises ValueError as `score` does."""
    views = {view: score(card, inputs) for view, card in model.cards.items()}
    grades = {view: scored.grade for view, scored in views.items()}
    return Assessment(views, recommend(model.table, grades, inputs))


def grade_of(card: Scorecard, inputs: Inputs) -> Grade:
    """Return the grade alone, a fifth of the work of `score`. Raises ValueError as that does."""
    return card.grade(sum(_reason(factor, inputs.get(factor.input)).band.points for factor in card.factors))


def score(card: Scorecard, inputs: Inputs) -> Scored:
    """Grade one view. What is missing counts as the scorecard says, is named, and widens `best` to `worst`.

    Raises ValueError for a word that the input does not have: nothing that is said is passed over.
    """
    reasons = [_reason(factor, inputs.get(factor.input)) for factor in card.factors]
    points = sum(reason.band.points for reason in reasons)
    unknown = [reason for reason in reasons if reason.value is None]
    return Scored(
        card=card,
        points=points,
        grade=card.grade(points),
        best=card.grade(points - sum(one.band.points - one.factor.least for one in unknown)),
        worst=card.grade(points + sum(one.factor.most - one.band.points for one in unknown)),
        reasons=tuple(sorted(reasons, key=lambda reason: -reason.band.points)),
        changes=tuple(_changes(card, points, reasons)),
    )


def _reason(factor: Factor, value: Value | None) -> Reason:
    if value is None:
        return Reason(factor, None, factor.missing)
    band = next((band for band in factor.bands if band.holds(value)), None)
    if band is None:
        raise ValueError(f"{factor.input} has no such value")
    return Reason(factor, value, band)


def _changes(card: Scorecard, points: int, reasons: Sequence[Reason]) -> Iterator[Change]:
    """Yield what would lower the grade by itself, the greatest effect first."""
    now = card.grade(points)
    known = [reason for reason in reasons if reason.value is not None]
    for reason in sorted(known, key=lambda one: one.factor.least - one.band.points):
        better = card.grade(points - reason.band.points + reason.factor.least)
        if better != now:
            yield Change(reason.factor, better)


def recommend(table: TreatmentTable, grades: Mapping[View, Grade], inputs: Inputs) -> Recommendation:
    """Return what the first row that holds says. An input that is not known meets no condition."""
    told = {**inputs, **{str(view): grade.id for view, grade in grades.items()}}
    row = next(row for row in table.rows if all(told.get(name) in words for name, words in row.when.items()))
    return Recommendation(table.treatments[row.then], row)
