"""What a verdict names and keeps, and how long a record is kept."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.rules import (
    Anchor,
    Outcome,
    Purpose,
    Verdict,
    decide,
    keeping,
)
from tests.unit.rules.conftest import (
    AT,
    HEADER,
    MESSAGE,
    STEP,
    UNKNOWN,
    only,
    pack_of,
    rule_text,
    was,
)

ALLOWED, WAIT, REFUSED = Outcome.ALLOWED, Outcome.WAIT, Outcome.REFUSED
DAY = timedelta(days=1)
BARRED = ("channel_permission", "not permitted")
HOURS = ("contact_window", '{mon-sun: "18:00-19:00"}')
AT_DAY = AT.date()


def test_the_strongest_refusal_is_named() -> None:
    """Of several rules that refuse, the law comes before policy, whatever the order."""
    law = rule_text(*BARRED, name="z").replace("force: policy", "force: law")
    for rules in ((law, rule_text(*BARRED, name="a")), (rule_text(*BARRED, name="a"), law)):
        assert str(decide(MESSAGE, UNKNOWN, [pack_of(*rules)], AT).bound) == "XX@1/z"


def test_the_receipt() -> None:
    """The receipt names outcome, time, rule, citation, what was consulted, on which facts, and what to say."""
    rules = [
        rule_text("contact_window", '{mon-sun: "13:00-14:00"}'),
        rule_text("mandatory_line", '{line: opt_out, text: "Reply STOP."}', name="s"),
    ]
    facts = replace(
        UNKNOWN, contacts=(was(AT - DAY, inbound=True),), leave=frozenset({"b", "a"}), notices={"letter": AT}
    )
    verdict = decide(MESSAGE, facts, [pack_of(*rules)], AT)
    receipt = json.loads(json.dumps(verdict.to_json()))
    assert receipt == {
        "outcome": "wait",
        "action": {"kind": "message", "channel": "messenger", "purpose": "notice"},
        "facts": {
            "zone": "UTC",
            "jurisdiction": "XX",
            "contacts": [
                {
                    "at": "2026-11-30T12:00:00+00:00",
                    "channel": "messenger",
                    "purpose": "notice",
                    "inbound": True,
                }
            ],
            "notices": {"letter": "2026-12-01T12:00:00+00:00"},
            "leave": ["a", "b"],
            "first_party": None,
        },
        "at": "2026-12-01T12:00:00+00:00",
        "until": "2026-12-01T13:00:00+00:00",
        "bound": "XX@1/r",
        "kind": "contact_window",
        "title": "t",
        "citation": "c",
        "force": "policy",
        "status": "verified",
        "delayed_by": ["XX@1/r"],
        "consulted": ["XX@1/r", "XX@1/s"],
        "lines": [{"id": "opt_out", "text": "Reply STOP.", "rule": "XX@1/s"}],
    }
    assert Verdict.from_json(receipt) == verdict
    assert verdict.facts_used == receipt["facts"]


def test_nothing_in_the_way_has_no_citation() -> None:
    """What no rule speaks of is allowed, and the receipt says that none did."""
    verdict = decide(STEP, UNKNOWN, [], AT)
    assert (verdict.outcome, verdict.bound, verdict.citation, verdict.consulted) == (ALLOWED, None, "", ())


def test_an_opt_out_is_confirmed_under_other_holds() -> None:
    """The one confirmation of a stop is not held by hours, caps, or another hold; a barred channel stays barred."""
    confirm = replace(MESSAGE, purpose=Purpose.OPT_OUT_CONFIRMATION)
    facts = replace(UNKNOWN, contacts=(was(AT),))
    assert (
        decide(confirm, facts, [*only("frequency_cap", "{at_most: 1, per: day}"), *only(*HOURS)], AT).outcome
        is ALLOWED
    )
    assert decide(confirm, facts, only(*BARRED), AT).outcome is REFUSED


@pytest.mark.parametrize(
    ("value", "kept", "erase_from"),
    [
        ("{from: contract_end, at_least: {months: 1}}", date(2027, 2, 28), None),
        ("{from: contract_end, at_most: {months: 13}}", None, date(2028, 3, 1)),
        ("{from: debt_cleared, at_least: {months: 1}}", None, None),
        ("{from: debt_cleared, at_most: {months: 1}}", None, None),
    ],
)
def test_how_long_a_record_is_kept(value: str, kept: date | None, erase_from: date | None) -> None:
    """Months end with the month; what has not begun to run has no end yet."""
    found = keeping(only("retention", value), UNKNOWN, {Anchor.CONTRACT_END: date(2027, 1, 31)}, AT_DAY)
    assert (found.until, found.erase_from) == (kept, erase_from)


def test_retention_that_is_not_in_force() -> None:
    """A rule of another day, a draft, a pack that is over, another lender's: none of them keeps anything."""
    value = ("retention", "{at_least: {years: 1}}")
    over = pack_of(rule_text(*value), header=HEADER + "effective_to: 2001-01-01\n")
    packs = [
        over,
        *only(*value, extra="effective_from: 2030-01-01"),
        *only(*value, extra="lender_types: [shop]"),
        pack_of(rule_text(*value).replace("verified", "draft")),
        pack_of(rule_text(*BARRED)),
    ]
    found = keeping(packs, replace(UNKNOWN, lender_type="bank"), {Anchor.RECORD: AT_DAY}, AT_DAY)
    assert (found.until, found.kept_by, found.erase_from) == (None, None, None)
