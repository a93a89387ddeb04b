"""The whole evaluation of a set of cases."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.casework.evaluation.effect import Effect, effects
from bot.casework.evaluation.facts import CaseFacts
from bot.casework.evaluation.measures import MEASURES, STEPS, Measure, Step
from bot.casework.evaluation.recovered import Recovered, recovered
from bot.casework.rates import Rate


@dataclass(frozen=True, slots=True)
class Slice:
    """Cases with one value in one column."""

    column: str
    value: str
    cases: int
    rates: Mapping[Measure, Rate]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of cases by the day of it. Steps are shares of all cases, rates of those that they can be said of."""

    cases: int
    funnel: Mapping[Step, Rate]
    rates: Mapping[Measure, Rate]
    slices: Sequence[Slice]
    recovered: Sequence[Recovered]
    effects: Sequence[Effect]


def evaluate(cases: Iterable[CaseFacts], costs: Mapping[str, int], today: date) -> Evaluation:
    """Evaluate cases as they stand `today`. `costs` of one visit by currency, in minor units."""
    every = list(cases)
    return Evaluation(
        cases=len(every),
        funnel={step: Rate.of(ask(case, today) is True for case in every) for step, ask in STEPS.items()},
        rates=_rates(every, today),
        slices=list(_slices(every, today)),
        recovered=list(recovered(every, costs)),
        effects=list(effects(every, costs, today)),
    )


def _rates(cases: Sequence[CaseFacts], today: date) -> Mapping[Measure, Rate]:
    return {
        measure: Rate.of(told for case in cases for told in ask(case, today))
        for measure, ask in MEASURES.items()
    }


def _slices(cases: Sequence[CaseFacts], today: date) -> Iterator[Slice]:
    groups: dict[tuple[str, str], list[CaseFacts]] = defaultdict(list)
    for case in cases:
        for column, value in case.slices.items():
            groups[column, value].append(case)
    for (column, value), group in sorted(groups.items()):
        yield Slice(column, value, len(group), _rates(group, today))
