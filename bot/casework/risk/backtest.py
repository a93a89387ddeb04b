"""Scorecards held against what came of past cases: discrimination, a rate per grade, and slices for fairness."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.casework.rates import Rate
from bot.casework.risk.discrimination import Area, auc, roc
from bot.casework.risk.inputs import View
from bot.casework.risk.model import Grade, RiskModel, Scorecard
from bot.casework.risk.past import PastCase
from bot.casework.risk.scoring import score


@dataclass(frozen=True, slots=True)
class Slice:
    """Cases with one value in one column. `flagged`: the share that got the grade of most concern."""

    column: str
    value: str
    concern: Rate
    flagged: Rate
    area: Area | None


@dataclass(frozen=True, slots=True)
class ViewBacktest:
    """How one scorecard did. `rising`: each grade has at least the rate of the one before it."""

    card: Scorecard
    concern: Rate
    area: Area | None
    grades: Sequence[tuple[Grade, Rate]]
    curve: Sequence[tuple[float, float]]
    slices: Sequence[Slice]

    @property
    def rising(self) -> bool:
        """Does the concern come true more often, the graver the grade? Grades without cases say nothing."""
        shares = [rate.share for _, rate in self.grades if rate.share is not None]
        return all(earlier <= later for earlier, later in pairwise(shares))


@dataclass(frozen=True, slots=True)
class _Judged:
    points: int
    grade: Grade
    concern: bool
    slices: Mapping[str, str]


def backtest(model: RiskModel, cases: Iterable[PastCase]) -> Sequence[ViewBacktest]:
    """Return how each scorecard did whose outcome the history tells, in the order of the views."""
    judged: dict[View, list[_Judged]] = defaultdict(list)
    for case in cases:
        for view, concern in case.outcomes.items():
            scored = score(model.cards[view], case.inputs)
            judged[view].append(_Judged(scored.points, scored.grade, concern, case.slices))
    return [_view(model.cards[view], judged[view]) for view in View if view in judged]


def _view(card: Scorecard, judged: Sequence[_Judged]) -> ViewBacktest:
    hits, others = _apart(judged)
    return ViewBacktest(
        card=card,
        concern=_rate(judged),
        area=auc(hits, others),
        grades=[(grade, _rate([one for one in judged if one.grade == grade])) for grade in card.grades],
        curve=list(roc(hits, others)) if hits and others else [],
        slices=list(_slices(card, judged)),
    )


def _apart(judged: Iterable[_Judged]) -> tuple[list[int], list[int]]:
    """Return the points of those where the concern came true, and those of the others."""
    told = list(judged)
    return [one.points for one in told if one.concern], [one.points for one in told if not one.concern]


def _rate(judged: Sequence[_Judged]) -> Rate:
    return Rate.of(one.concern for one in judged)


def _slices(card: Scorecard, judged: Sequence[_Judged]) -> Iterator[Slice]:
    groups: dict[tuple[str, str], list[_Judged]] = defaultdict(list)
    for one in judged:
        for column, value in one.slices.items():
            groups[column, value].append(one)
    for (column, value), group in sorted(groups.items()):
        flagged = sum(one.grade == card.grades[-1] for one in group)
        yield Slice(column, value, _rate(group), Rate(flagged, len(group)), auc(*_apart(group)))
