"""How the rules know holds: which kinds, for how long, and what a hold by itself keeps from being done."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.rules import (
    Action,
    ActionKind,
    Channel,
    Facts,
    Hold,
    Outcome,
    Purpose,
    Rule,
    Status,
    chain,
    decide,
    held,
    hold_kinds,
    terms,
)
from tests.unit.rules.conftest import AT, PACKS, ZONES

REMINDER = Action(ActionKind.MESSAGE, Channel.MESSENGER, Purpose.REMINDER)
PACKS_OF = chain(PACKS, "policy-default")
DAY = timedelta(days=1)


def facts(place: str, **known: object) -> Facts:
    return Facts(zone=ZONES[place], jurisdiction=place, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "kind", "days", "renewals"),
    [
        ("UK", "breathing_space", 60, 0),
        ("UK", "adviser_plan", 30, None),
        ("UK", "dispute", None, None),
        ("KR", "bereavement", 90, 1),
        ("AU", "hardship_notice", 21, None),
        ("AU", "hardship", None, None),
        ("US-MA", "no_work_contact_oral", 10, None),
    ],
)
def test_the_terms_of_a_hold(place: str, kind: str, days: int | None, renewals: int | None) -> None:
    """A hold ends by itself only where every rule that obeys it says so."""
    found = terms(kind, facts(place), PACKS_OF[place], AT)

    assert found is not None
    assert found.until == (None if days is None else AT + days * DAY)
    assert (found.renewals, found.dated) == (renewals, False)
    assert found.rules
    assert found.citations


def test_what_no_rule_knows() -> None:
    """Another place's hold has no terms here, and nothing is held back by it."""
    assert terms("breathing_space", facts("HK"), PACKS_OF["HK"], AT) is None
    assert "breathing_space" not in hold_kinds(facts("HK"), PACKS_OF["HK"], AT)
    assert "breathing_space" in hold_kinds(facts("UK"), PACKS_OF["UK"], AT)
    other = facts("HK", holds=(Hold("breathing_space", AT),))
    assert held(REMINDER, other, PACKS_OF["HK"], AT).outcome is Outcome.ALLOWED


def test_a_time_of_mourning_needs_its_last_day() -> None:
    """What is known only as an occasion has meaning with a day on which it ends."""
    packs = [replace(pack, rules=tuple(_in_force(rule) for rule in pack.rules)) for pack in PACKS_OF["IN"]]

    found = terms("wedding", facts("IN"), packs, AT)

    assert found is not None
    assert found.dated


def _in_force(rule: Rule) -> Rule:
    """Return a rule as if its draft were law already."""
    return replace(rule, source=replace(rule.source, status=Status.UNVERIFIED), effective_from=None)


def test_a_rule_that_is_not_in_force_gives_no_terms() -> None:
    """Drafts, other parties' rules and days before a pack do not count."""
    agency = replace(facts("IN"), first_party=False)
    known = terms("complaint", agency, PACKS_OF["IN"], AT)
    mine = terms("complaint", facts("IN"), PACKS_OF["IN"], AT)
    early = terms("complaint", facts("IN"), PACKS_OF["IN"], datetime(2020, 1, 1, tzinfo=UTC))

    assert known is not None
    assert mine is not None
    assert {rule.id for rule in known.rules} - {rule.id for rule in mine.rules} == {"in-grievance-hold"}
    assert early is None


def test_only_holds_are_asked() -> None:
    """At night a message waits, but no hold stands in its way."""
    night = AT.replace(hour=2)
    assert decide(REMINDER, facts("UK"), PACKS_OF["UK"], night).outcome is Outcome.WAIT
    assert held(REMINDER, facts("UK"), PACKS_OF["UK"], night).outcome is Outcome.ALLOWED

    dispute = facts("UK", holds=(Hold("dispute", night),))

    assert held(REMINDER, dispute, PACKS_OF["UK"], night).outcome is Outcome.REFUSED
