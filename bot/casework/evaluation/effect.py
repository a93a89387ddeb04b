"""Does the visit, or the reminder, change anything? Those who were to get it against those who were held out.

Every case counts where it was put before the first contact, whatever was done then (intention to treat): a customer who
was helped although held out stays in that group, so that who is helped cannot make an effect.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean

from bot.casework.evaluation.facts import CaseFacts
from bot.casework.evaluation.hold_out import Group, Trial
from bot.casework.intervals import Interval, newcombe, welch
from bot.casework.rates import FEW, Rate

HORIZON = 60  # days after a case was taken in, in which a payment counts
LEVEL = 0.95
KIND = "grade"  # the slice whose values are kinds of visits


class Finding(StrEnum):
    """What the difference of the shares says."""

    TOO_FEW = "too_few"
    NOT_SEEN = "not_seen"  # the interval holds no difference as well
    MORE = "more"
    LESS = "less"


class Worth(StrEnum):
    """Whether it brings in more than it costs."""

    TOO_FEW = "too_few"
    NO_COST = "no_cost"  # nobody has said what a visit costs
    NOT_SEEN = "not_seen"
    PAYS = "pays"
    DOES_NOT_PAY = "does_not_pay"


@dataclass(frozen=True, slots=True)
class Gain:
    """What a case of the treated group brought in more than one held out, less the visits' cost; minor units."""

    currency: str
    treated: int
    held_out: int
    mean: float
    interval: Interval
    worth: Worth


@dataclass(frozen=True, slots=True)
class Effect:
    """One comparison, of all cases (`kind` empty) or of one kind. `difference` is treated less held out.

    Intervals are at 95 %; where several kinds are compared each is at so much more that all of them together are.
    """

    trial: Trial
    kind: str
    treated: Rate
    held_out: Rate
    difference: Interval
    finding: Finding
    gains: Sequence[Gain]


def _paid(case: CaseFacts, today: date) -> bool | None:
    return case.paid_within(HORIZON) > 0 if (today - case.taken_in).days >= HORIZON else None


OUTCOMES: Mapping[Trial, Callable[[CaseFacts, date], bool | None]] = {
    Trial.VISIT: _paid,
    Trial.REMINDER: CaseFacts.first_kept,
}


def effects(cases: Iterable[CaseFacts], costs: Mapping[str, int], today: date) -> Iterator[Effect]:
    """Yield the comparisons: each trial over all, then kind by kind. `costs` of a visit by currency, minor units."""
    every = list(cases)
    for trial in Trial:
        told = [case for case in every if trial in case.groups and OUTCOMES[trial](case, today) is not None]
        if not told:
            continue
        yield _effect(trial, "", told, costs, today, LEVEL)
        kinds = sorted({case.slices[KIND] for case in told if KIND in case.slices})
        level = 1 - (1 - LEVEL) / max(1, len(kinds))  # Bonferroni's
        for kind in kinds:
            some = [case for case in told if case.slices.get(KIND) == kind]
            yield _effect(trial, kind, some, costs, today, level)


def _effect(
    trial: Trial,
    kind: str,
    cases: Sequence[CaseFacts],
    costs: Mapping[str, int],
    today: date,
    level: float,
) -> Effect:
    groups = {group: [case for case in cases if case.groups[trial] is group] for group in Group}
    treated, held_out = (Rate.of(bool(OUTCOMES[trial](case, today)) for case in groups[g]) for g in Group)
    difference = newcombe(treated.hits, treated.cases, held_out.hits, held_out.cases, level)
    return Effect(
        trial=trial,
        kind=kind,
        treated=treated,
        held_out=held_out,
        difference=difference,
        finding=_finding(difference, few=treated.few or held_out.few),
        gains=list(_gains(groups, costs, level)) if trial is Trial.VISIT else [],
    )


def _finding(difference: Interval, *, few: bool) -> Finding:
    if few:
        return Finding.TOO_FEW
    if difference.low > 0:
        return Finding.MORE
    return Finding.LESS if difference.high < 0 else Finding.NOT_SEEN


def _gains(
    groups: Mapping[Group, Sequence[CaseFacts]], costs: Mapping[str, int], level: float
) -> Iterator[Gain]:
    for currency in sorted({case.currency for some in groups.values() for case in some}):
        cost = costs.get(currency, 0)
        treated, held_out = (
            [_net(case, cost) for case in groups[group] if case.currency == currency] for group in Group
        )
        if treated and held_out:
            interval = welch(treated, held_out, level)
            few = min(len(treated), len(held_out)) < FEW
            worth = _worth(interval, few=few, told=currency in costs)
            mean = fmean(treated) - fmean(held_out)
            yield Gain(currency, len(treated), len(held_out), mean, interval, worth)


def _net(case: CaseFacts, cost: int) -> float:
    """Return what a case brought in within the horizon, less what its visits cost."""
    return float(case.paid_within(HORIZON) - cost * case.visits_within(HORIZON))


def _worth(interval: Interval, *, few: bool, told: bool) -> Worth:
    if not told:
        return Worth.NO_COST
    if few:
        return Worth.TOO_FEW
    if interval.low > 0:
        return Worth.PAYS
    return Worth.DOES_NOT_PAY if interval.high < 0 else Worth.NOT_SEEN
