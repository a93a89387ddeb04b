"""A year of 1,000 customers in every place: `python -m tests.property.rules.year [--customers N] [PLACE ...]`.

On a virtual clock the lender wishes this and that, and each customer lives: writes at night, moves to another zone,
says stop, disputes, takes a representative, offers times. What `decide` allows is done. A naive judge is asked about
every decision, about the instant until which something waits, about the last second before it, and in one wait of
some hundreds about every minute of it. Prints a line a place; ends with 1 when the two judges ever disagree.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from flows.rules import Action, Facts, Outcome, Pack, Verdict, chain, decide, parse_pack
from tests.property.rules.customer import MINUTE, ZONES, Customer
from tests.property.rules.naive.judge import forbidden_by, lines_of

FOLDER = Path(__file__).parents[3] / "flows" / "rules" / "packs"
SECOND = timedelta(seconds=1)
PATIENCE = timedelta(days=40)  # what waits longer is given up
COUNTS = ("decisions", "contacts", "waits", "refusals", "minutes", "outside", "withheld", "lines")


def shipped() -> Mapping[str, Sequence[Pack]]:
    """Return the packs that bind in each place, as they ship."""
    packs = [parse_pack(path.read_text("utf-8"), path.name) for path in sorted(FOLDER.glob("*/v*.yaml"))]
    return chain(packs, "policy-default")


@dataclass
class Tally:
    """What happened, and what the judges disagree about.

    `outside` the rules was done what the naive judge forbids, by the rule that is noted; `withheld` what it would have
    let happen; `lines` were left out or added. One wait in `every` is gone through minute by minute.
    """

    place: str
    every: int
    count: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, Action, Facts, datetime]] = field(default_factory=list)

    def hold_to(self, action: Action, facts: Facts, at: datetime, *, allowed: bool) -> None:
        """Ask the naive judge, and note it when it says otherwise."""
        rule = forbidden_by(self.place, action, facts, at)
        if allowed == bool(rule):
            self.note("outside" if allowed else "withheld", rule, action, facts, at)

    def note(self, what: str, rule: str, action: Action, facts: Facts, at: datetime) -> None:
        """Note a disagreement."""
        self.count[what] += 1
        self.wrong.append((what, rule, action, facts, at))

    def __str__(self) -> str:
        return f"{self.place:<6} " + "  ".join(f"{name} {self.count[name]:,}" for name in COUNTS)


def live(tally: Tally, packs: Sequence[Pack], number: int) -> None:
    """Go through the year of one customer."""
    customer = Customer(tally.place, number)
    for at, action in customer.year():
        facts = customer.facts
        verdict = decide(action, facts, packs, at)
        tally.count["decisions"] += 1
        tally.hold_to(action, facts, at, allowed=verdict.outcome is Outcome.ALLOWED)
        if verdict.outcome is Outcome.ALLOWED:
            tally.count["contacts"] += 1
            if {one.id for one in verdict.lines} != lines_of(tally.place, action, facts, at):
                tally.note("lines", "", action, facts, at)
            customer.record(action, at)
        elif verdict.until is None:
            tally.count["refusals"] += 1
        else:
            tally.count["waits"] += 1
            _look_into(tally, verdict, verdict.until)
            if verdict.until < at + PATIENCE:
                customer.plan(verdict.until, action)


def _look_into(tally: Tally, verdict: Verdict, until: datetime) -> None:
    """The end of a wait is lawful, the second before is not; of some waits, no minute is."""
    action, facts = verdict.action, verdict.facts
    tally.hold_to(action, facts, until, allowed=True)
    tally.hold_to(action, facts, until - SECOND, allowed=False)
    if tally.count["waits"] % tally.every == 0:
        minute = verdict.at
        while (minute := minute + MINUTE) < min(until, verdict.at + PATIENCE):
            tally.count["minutes"] += 1
            tally.hold_to(action, facts, minute, allowed=False)


def run(place: str, customers: int, packs: Sequence[Pack], every: int) -> Tally:
    """Let so many customers of a place live through the year."""
    tally = Tally(place, every)
    for number in range(customers):
        live(tally, packs, number)
    return tally


def main(words: Sequence[str]) -> int:
    """Run what was asked for; 1 when the judges disagree."""
    parser = argparse.ArgumentParser(prog="python -m tests.property.rules.year", description=__doc__)
    parser.add_argument("places", nargs="*", default=sorted(ZONES), metavar="PLACE")
    parser.add_argument("--customers", type=int, default=1000)
    parser.add_argument("--every", type=int, default=500, help="go through one wait in so many by the minute")
    asked = parser.parse_args(words)
    packs, wrong = shipped(), 0
    for place in asked.places:
        tally = run(place, asked.customers, packs[place], asked.every)
        print(tally, flush=True)  # noqa: T201
        wrong += len(tally.wrong)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
