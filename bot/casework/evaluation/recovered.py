"""What came in after visits, against what the visits cost. It is no effect: some of it would have come anyway."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from bot.casework.evaluation.facts import CaseFacts


@dataclass(frozen=True, slots=True)
class Recovered:
    """One currency, in its minor units. `amount` came in from the day of a case's first visit on.

    `cost` of the `visits` at which a team was there; None where nobody has said what one costs.
    """

    currency: str
    cases: int
    visits: int
    amount: int
    cost: int | None


def recovered(cases: Iterable[CaseFacts], costs: Mapping[str, int]) -> Iterator[Recovered]:
    """Yield what came in and what it cost, currency by currency. `costs` of one visit, in minor units."""
    visited = [case for case in cases if any(visit.went for visit in case.visits)]
    for currency, some in groupby(sorted(visited, key=_currency), key=_currency):
        mine = list(some)
        visits = sum(visit.went for case in mine for visit in case.visits)
        cost = costs[currency] * visits if currency in costs else None
        yield Recovered(currency, len(mine), visits, sum(map(_after_visit, mine)), cost)


def _currency(case: CaseFacts) -> str:
    return case.currency


def _after_visit(case: CaseFacts) -> int:
    first = min(visit.day for visit in case.visits if visit.went)
    return sum(payment.amount for payment in case.payments if payment.day >= first)
