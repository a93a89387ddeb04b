"""The steps from a case to a settled one, and the rates that the work is judged by: tables, one row each."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum

from bot.casework.evaluation.facts import CaseFacts, VisitFacts

KEPT_AT = (30, 60, 90)  # days after the agreement


class Step(StrEnum):
    """How far a case came. A later step does not always pass through the earlier ones."""

    CASE = "case"
    LINKED = "linked"
    IDENTIFIED = "identified"
    ANNOUNCED = "announced"
    CONFIRMED = "confirmed"
    MET = "met"
    RIGHT_PARTY = "right_party"
    AGREEMENT = "agreement"
    FIRST_KEPT = "first_kept"
    KEPT_30 = "kept_30"
    KEPT_60 = "kept_60"
    KEPT_90 = "kept_90"
    SETTLED = "settled"


class Measure(StrEnum):
    """A rate: of what could have been so, what was. Those of visits count visits, the others cases."""

    CONTACT = "contact"
    RIGHT_PARTY = "right_party"
    AGREEMENT = "agreement"
    FIRST_KEPT = "first_kept"
    KEPT_30 = "kept_30"
    KEPT_60 = "kept_60"
    KEPT_90 = "kept_90"
    SETTLED = "settled"
    POLITE = "polite"
    RESPECTED = "respected"
    HELPED = "helped"
    COMPLAINT = "complaint"
    SAFETY = "safety"
    FALSE_ALARM = "false_alarm"


def _visited(ask: Callable[[VisitFacts], bool]) -> Callable[[CaseFacts, date], bool]:
    return lambda case, _: any(map(ask, case.visits))


def _kept(days: int) -> Callable[[CaseFacts, date], bool | None]:
    return lambda case, today: case.kept_for(days, today)


# Has it come so far? None: not to be said yet.
STEPS: Mapping[Step, Callable[[CaseFacts, date], bool | None]] = {
    Step.CASE: lambda _, __: True,
    Step.LINKED: lambda case, _: case.linked,
    Step.IDENTIFIED: lambda case, _: case.identified,
    Step.ANNOUNCED: _visited(lambda visit: visit.announced),
    Step.CONFIRMED: _visited(lambda visit: visit.confirmed),
    Step.MET: _visited(lambda visit: visit.met),
    Step.RIGHT_PARTY: _visited(lambda visit: visit.right_party),
    Step.AGREEMENT: lambda case, _: bool(case.promises),
    Step.FIRST_KEPT: CaseFacts.first_kept,
    Step.KEPT_30: _kept(KEPT_AT[0]),
    Step.KEPT_60: _kept(KEPT_AT[1]),
    Step.KEPT_90: _kept(KEPT_AT[2]),
    Step.SETTLED: lambda case, _: case.settled,
}


def _of(base: Step, hit: Step) -> Callable[[CaseFacts, date], Iterable[bool]]:
    """Count the cases that came to `base`, but for those of which nothing can be said yet."""

    def told(case: CaseFacts, today: date) -> Iterable[bool]:
        found = STEPS[hit](case, today) if STEPS[base](case, today) else None
        return () if found is None else (found,)

    return told


def _per_visit(hit: Callable[[VisitFacts], bool]) -> Callable[[CaseFacts, date], Iterable[bool]]:
    return lambda case, _: [hit(visit) for visit in case.visits if visit.went]


def _said(answer: Callable[[CaseFacts], bool | None]) -> Callable[[CaseFacts, date], Iterable[bool]]:
    """Count the cases whose customer answered."""
    return lambda case, _: (told,) if (told := answer(case)) is not None else ()


MEASURES: Mapping[Measure, Callable[[CaseFacts, date], Iterable[bool]]] = {
    Measure.CONTACT: _per_visit(lambda visit: visit.met),
    Measure.RIGHT_PARTY: _of(Step.MET, Step.RIGHT_PARTY),
    Measure.AGREEMENT: _of(Step.RIGHT_PARTY, Step.AGREEMENT),
    Measure.FIRST_KEPT: _of(Step.AGREEMENT, Step.FIRST_KEPT),
    Measure.KEPT_30: _of(Step.AGREEMENT, Step.KEPT_30),
    Measure.KEPT_60: _of(Step.AGREEMENT, Step.KEPT_60),
    Measure.KEPT_90: _of(Step.AGREEMENT, Step.KEPT_90),
    Measure.SETTLED: _of(Step.CASE, Step.SETTLED),
    Measure.POLITE: _said(lambda case: case.polite),
    Measure.RESPECTED: _said(lambda case: case.respected),
    Measure.HELPED: _said(lambda case: case.helped),
    Measure.COMPLAINT: lambda case, _: (case.complained,) if case.linked or case.visits else (),
    Measure.SAFETY: _per_visit(lambda visit: visit.alarm),
    Measure.FALSE_ALARM: _per_visit(lambda visit: visit.false_alarm),
}
