"""How long something may wait until a person must look."""

from datetime import date, timedelta

from flows.rules import Waiting, patience
from tests.unit.rules.conftest import HEADER, only, pack_of, rule_text

DAY = date(2026, 12, 1)
LINK = ("hand_over", "{for: link, days: 10}")


def test_the_shortest_time_counts() -> None:
    """Of two packs that speak about it the one counts by which a person looks first."""
    packs = [
        *only(*LINK),
        *only("hand_over", "{for: link, hours: 5}"),
        *only("hand_over", "{for: claim, minutes: 1}"),
    ]

    assert patience(packs, Waiting.LINK, DAY) == timedelta(hours=5)


def test_nobody_speaks_about_it() -> None:
    """A draft, a pack that is over, a rule of another day or of another kind: none of them hands anything over."""
    packs = [
        pack_of(rule_text(*LINK), header=HEADER + "effective_to: 2001-01-01\n"),
        pack_of(rule_text(*LINK).replace("verified", "draft")),
        *only(*LINK, extra="effective_from: 2030-01-01"),
        *only(*LINK, extra="effective_to: 2025-01-01"),
        *only("retention", "{at_least: {years: 1}}"),
    ]

    assert patience(packs, Waiting.LINK, DAY) is None
