"""Quarters of 2,000 customers with known true effects: `python -m tests.property.evaluation.quarter [--quarters N]`.

Each customer lives by chances that are written down here, so that the truth behind every figure is known; the hold-out
groups are drawn as they are in earnest. Prints for every figure how often its interval held the truth, and how often a
sentence was said that is not so; ends with 1 when that is not about as often as it should be.
"""

import argparse
import hmac
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp
from random import Random
from typing import NamedTuple

from bot.casework.evaluation import (
    CaseFacts,
    Effect,
    Evaluation,
    Finding,
    Group,
    Measure,
    Payment,
    PromiseFacts,
    Trial,
    VisitFacts,
    Worth,
    evaluate,
    group_of,
)
from bot.casework.evaluation.effect import LEVEL
from bot.casework.intervals import Interval, wilson

CUSTOMERS = 2000
FIRST_DAY = date(2026, 1, 5)
DAYS = 90  # in which the customers of a quarter are taken in
COST = 6_000  # of a visit, in minor units
HELD_OUT = 20  # per cent

GOES, MEETS, RIGHT, AGREES = 0.9, 0.6, 0.8, 0.5
KEEPS: Mapping[Group, float] = {
    Group.TREATED: 0.65,
    Group.HELD_OUT: 0.55,
}  # the first promise: reminded or not
KEEPS_ON = 0.85  # each later one, where all before it were kept
FIRST_KEPT = (1 - HELD_OUT / 100) * KEEPS[Group.TREATED] + HELD_OUT / 100 * KEEPS[Group.HELD_OUT]
POLITE, ASKED, COMPLAINS, ALARM, FALSE_ALARM, LINKS = 0.9, 0.5, 0.03, 0.02, 0.01, 0.8
RESPECTED, HELPED = 0.85, 0.55
MU, SIGMA = 10.0, 0.6  # of the logarithm of a payment


class Kind(NamedTuple):
    """A grade: how many have it, who pays without a visit, and who with one."""

    share: float
    alone: float
    visited: float


# A visit to the first kind changes nothing, so that it costs and does not pay; one to the second kind pays.
KINDS: Mapping[str, Kind] = {"likely": Kind(0.5, 0.6, 0.6), "unlikely": Kind(0.5, 0.2, 0.65)}

RATES: Mapping[Measure, float] = {
    Measure.CONTACT: MEETS,
    Measure.RIGHT_PARTY: RIGHT,
    Measure.AGREEMENT: AGREES,
    Measure.FIRST_KEPT: FIRST_KEPT,
    Measure.KEPT_30: FIRST_KEPT,
    Measure.KEPT_60: FIRST_KEPT * KEEPS_ON,
    Measure.KEPT_90: FIRST_KEPT * KEEPS_ON**2,
    Measure.POLITE: POLITE,
    Measure.RESPECTED: RESPECTED,
    Measure.HELPED: HELPED,
    Measure.COMPLAINT: COMPLAINS,
    Measure.SAFETY: ALARM,
    Measure.FALSE_ALARM: FALSE_ALARM,
}


def true_difference(trial: Trial, kind: str) -> float:
    """Return by how much the share of the treated is truly above that of those held out."""
    if trial is Trial.REMINDER:
        return KEEPS[Group.TREATED] - KEEPS[Group.HELD_OUT]
    return sum(one.share * GOES * (one.visited - one.alone) for one in _kinds(kind)) / _share(kind)


def true_gain(kind: str) -> float:
    """Return what a treated case truly brings in more than one held out, less the cost, in minor units."""
    return true_difference(Trial.VISIT, kind) * exp(MU + SIGMA**2 / 2) - GOES * COST


def _kinds(kind: str) -> Sequence[Kind]:
    return [KINDS[kind]] if kind else list(KINDS.values())


def _share(kind: str) -> float:
    return sum(one.share for one in _kinds(kind))


def quarter(number: int, customers: int, today: date) -> Iterator[CaseFacts]:
    """Yield the customers of a quarter as they are known `today`."""
    chance, key = Random(number), number.to_bytes(4, "big")
    for customer in range(customers):
        yield _customer(chance, key, f"{customer}", today)


def _customer(chance: Random, key: bytes, name: str, today: date) -> CaseFacts:
    groups = {
        trial: group_of(hmac.digest(key, f"{trial}:{name}".encode(), "sha256"), HELD_OUT) for trial in Trial
    }
    grade = chance.choices(list(KINDS), [one.share for one in KINDS.values()])[0]
    taken_in = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    goes = groups[Trial.VISIT] is Group.TREATED and chance.random() < GOES
    visit = _visit(chance, taken_in + timedelta(days=5)) if goes else None
    agrees = visit is not None and visit.right_party and chance.random() < AGREES
    pays = chance.random() < (KINDS[grade].visited if goes else KINDS[grade].alone)
    linked = chance.random() < LINKS
    paid = Payment(taken_in + timedelta(days=20), round(chance.lognormvariate(MU, SIGMA)))
    keeps = KEEPS[groups[Trial.REMINDER]]
    voice = Random(key + name.encode())
    answers = goes and voice.random() < ASKED
    return CaseFacts(
        taken_in=taken_in,
        currency="GBP",
        linked=linked,
        complained=(linked or goes) and chance.random() < COMPLAINS,
        polite=chance.random() < POLITE if goes and chance.random() < ASKED else None,
        respected=voice.random() < RESPECTED if answers else None,
        helped=voice.random() < HELPED if answers else None,
        visits=[visit] if visit is not None and visit.day <= today else [],
        promises=list(_promises(chance, taken_in + timedelta(days=5), keeps, today)) if agrees else [],
        payments=[paid] if pays and paid.day <= today else [],
        groups=groups,
        slices={"grade": grade},
    )


def _visit(chance: Random, day: date) -> VisitFacts:
    met = chance.random() < MEETS
    return VisitFacts(
        day=day,
        announced=True,
        confirmed=True,
        went=True,
        met=met,
        right_party=met and chance.random() < RIGHT,
        alarm=chance.random() < ALARM,
        false_alarm=chance.random() < FALSE_ALARM,
    )


def _promises(chance: Random, made_on: date, keeps: float, today: date) -> Iterator[PromiseFacts]:
    """Three instalments; one is kept on its day, and known as kept from then on."""
    kept = True
    for due in (25, 55, 85):
        kept = kept and chance.random() < (keeps if due == 25 else KEEPS_ON)
        due_on = made_on + timedelta(days=due)
        yield PromiseFacts(made_on, due_on, kept and due_on <= today)


class Claim(NamedTuple):
    """An interval that was claimed, the truth, and how often such an interval claims to hold it."""

    name: str
    interval: Interval
    truth: float
    level: float


def claims(found: Evaluation) -> Iterator[Claim]:
    """Yield every interval of an evaluation whose truth is known."""
    for measure, truth in RATES.items():
        if found.rates[measure].cases:
            yield Claim(f"rate {measure}", found.rates[measure].interval, truth, LEVEL)
    for effect in found.effects:
        level = 1 - (1 - LEVEL) / len(KINDS) if effect.kind else LEVEL
        name = f"{effect.trial} {effect.kind or 'all'}"
        truth = true_difference(effect.trial, effect.kind)
        yield Claim(f"difference {name}", effect.difference, truth, level)
        for gain in effect.gains:
            yield Claim(f"gain {name}", gain.interval, true_gain(effect.kind), level)


def untrue(effect: Effect) -> Iterator[str]:
    """Yield the sentences of a comparison that are not so."""
    difference, gain = true_difference(effect.trial, effect.kind), true_gain(effect.kind)
    if (effect.finding, difference > 0) in ((Finding.LESS, True), (Finding.MORE, False)):
        yield f"{effect.trial} {effect.kind} {effect.finding}"
    for one in effect.gains:
        if (one.worth, gain > 0) in ((Worth.DOES_NOT_PAY, True), (Worth.PAYS, False)):
            yield f"{effect.trial} {effect.kind} {one.worth}"


@dataclass
class Tally:
    """How often each kind of interval held the truth, and what was said."""

    claimed: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    level: dict[str, float] = field(default_factory=dict)
    untrue: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)

    def add(self, found: Evaluation) -> None:
        """Count the claims of one quarter."""
        for claim in claims(found):
            self.claimed[claim.name] += 1
            self.held[claim.name] += claim.interval.low <= claim.truth <= claim.interval.high
            self.level[claim.name] = claim.level
        for effect in found.effects:
            self.untrue.update(untrue(effect))
            self.said.update(f"{effect.kind} {gain.worth}".strip() for gain in effect.gains)

    @property
    def wrong(self) -> list[str]:
        """What does not hold the truth about as often as it claims: by more than two points and chance."""
        return [name for name in self.claimed if not self._fair(name)]

    def _fair(self, name: str) -> bool:
        likely = wilson(self.held[name], self.claimed[name], 0.999)
        return likely.low <= self.level[name] + 0.02 and likely.high >= self.level[name] - 0.02

    def lines(self) -> Iterator[str]:
        """Yield the tally as a table."""
        for name, count in self.claimed.items():
            mark = "" if self._fair(name) else "  WRONG"
            yield f"{name:<32}{count:>6}  held {self.held[name] / count:6.1%}  claims {self.level[name]:.1%}{mark}"
        yield f"said: {dict(self.said)}; untrue: {dict(self.untrue)}"


def run(quarters: int, customers: int = CUSTOMERS, after: int = 200, first: int = 0) -> Tally:
    """Evaluate so many quarters, so many days after they began."""
    today, tally = FIRST_DAY + timedelta(days=after), Tally()
    for number in range(first, first + quarters):
        tally.add(evaluate(quarter(number, customers, today), {"GBP": COST}, today))
    return tally


def main(words: Sequence[str]) -> int:
    """Run what was asked for; 1 when an interval does not hold what it claims."""
    parser = argparse.ArgumentParser(prog="python -m tests.property.evaluation.quarter", description=__doc__)
    parser.add_argument("--quarters", type=int, default=1000)
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    parser.add_argument(
        "--after", type=int, default=200, help="days from the quarter's first to the evaluation"
    )
    asked = parser.parse_args(words)
    tally = run(asked.quarters, asked.customers, asked.after)
    print(*tally.lines(), sep="\n")  # noqa: T201
    return int(bool(tally.wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
