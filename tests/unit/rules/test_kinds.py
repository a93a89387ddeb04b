"""The other kinds at their edges: holds, occasions, other people, evidence, entry."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.errors import ScriptInvalid
from flows.rules import (
    Channel,
    Consent,
    ConsentForm,
    ContactOutcome,
    Facts,
    Hold,
    Occasion,
    Outcome,
    Purpose,
    ThirdParty,
    decide,
)
from flows.rules.kinds.evidential_gap import effective, read
from tests.unit.rules.conftest import (
    AT,
    CALL,
    MESSAGE,
    SLOT,
    UNKNOWN,
    local,
    only,
    visit,
    was,
)

ALLOWED, WAIT, REFUSED = Outcome.ALLOWED, Outcome.WAIT, Outcome.REFUSED
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NEW_YORK, HAVANA = "America/New_York", "America/Havana"


def test_a_hold_binds_on_for_a_while() -> None:
    """A crisis moratorium binds thirty days beyond the end of the treatment."""
    packs = only("cease_hold", "{triggers: [crisis], plus_days: 30}")
    facts = replace(UNKNOWN, holds=(Hold("crisis", AT - DAY, AT),))
    assert decide(MESSAGE, facts, packs, AT).until == AT + DAY * 30


def test_a_hold_of_one_channel() -> None:
    """Who wants no more text messages may still be called."""
    packs = only("cease_hold", "{triggers: [stop_medium]}")
    facts = replace(UNKNOWN, holds=(Hold("stop_medium", AT, channel=Channel.SMS),))
    asked = [
        decide(replace(MESSAGE, channel=one), facts, packs, AT).outcome
        for one in (Channel.SMS, Channel.PHONE)
    ]
    assert asked == [REFUSED, ALLOWED]


def test_occasions() -> None:
    """In a time of mourning, and so many days after, one waits; a slot in it is refused; others do not matter."""
    packs = only("occasion_blackout", "{occasions: [bereavement], days_after: 2}")
    first = date(2026, 12, 1)
    facts = replace(
        UNKNOWN, occasions=(Occasion("bereavement", first, first + DAY), Occasion("picnic", first, first))
    )
    until = datetime(2026, 12, 5, tzinfo=UTC)
    assert decide(CALL, facts, packs, AT).until == until
    assert decide(CALL, facts, packs, AT - DAY).outcome is ALLOWED
    assert [decide(visit(at), facts, packs, AT).outcome for at in (AT, until)] == [REFUSED, ALLOWED]


@pytest.mark.parametrize(
    ("days_ago", "opens"),
    [((), None), ((2, 1), None), ((3, 2, 1), "2026-12-01"), ((2, 2, 0), "2026-12-02"), ((0, 0, 0), None)],
)
def test_others_only_after_the_customer_was_tried(days_ago: tuple[int, ...], opens: str | None) -> None:
    """After three failed tries on two days others may be asked, from the next day on."""
    packs = only("third_party", "{who: [family], after_failed: 3, on_days: 2}")
    tries = tuple(was(AT - DAY * days, Channel.PHONE, ContactOutcome.ATTEMPTED) for days in days_ago)
    verdict = decide(
        replace(CALL, third_party=ThirdParty.FAMILY), replace(UNKNOWN, contacts=tries), packs, AT
    )
    lawful = None if verdict.outcome is REFUSED else (verdict.until or AT).date().isoformat()
    assert lawful == opens


def test_a_try_that_reached_the_customer_starts_the_count_anew() -> None:
    """Only tries in a row count; what the customer sent, or a third person got, is none of them."""
    packs = only("third_party", "{who: [family], after_failed: 2}")
    failed = was(AT - 3 * DAY, Channel.PHONE, ContactOutcome.ATTEMPTED)
    reached = was(AT - 2 * DAY, Channel.PHONE, ContactOutcome.CONTACTED)
    noise = (replace(reached, inbound=True), replace(reached, third_party=ThirdParty.FAMILY))
    action = replace(CALL, third_party=ThirdParty.FAMILY)
    again = replace(failed, at=AT - DAY)
    found = [
        decide(action, replace(UNKNOWN, contacts=(failed, *between, again)), packs, AT).outcome
        for between in ((), (reached,), noise)
    ]
    assert found == [ALLOWED, REFUSED, ALLOWED]


def test_a_person_is_asked_once() -> None:
    """Where others are asked once, a second time is refused; somebody else may still be asked."""
    packs = only("third_party", "{who: [family], once: true}")
    asked = was(AT - DAY, Channel.PHONE, third_party=ThirdParty.FAMILY, third_party_ref="a")
    facts = replace(UNKNOWN, contacts=(asked,))
    action = replace(CALL, third_party=ThirdParty.FAMILY)
    found = [decide(replace(action, third_party_ref=ref), facts, packs, AT).outcome for ref in ("a", "b")]
    assert found == [REFUSED, ALLOWED]


def test_evidence_of_two_collections() -> None:
    """Only collections that arrived, thirty days apart, count as evidence."""
    days = [0, 10, 29, 30, 59, 61]
    contacts = [was(AT + DAY * day) for day in days]
    unheard = [was(AT - DAY, outcome=ContactOutcome.ATTEMPTED), replace(was(AT - DAY), inbound=True)]
    counted = effective(read({"days": 30}), [*contacts, *unheard], ZoneInfo("UTC"))
    assert [(one.at - AT).days for one in counted] == [0, 30, 61]


def test_nobody_goes_in() -> None:
    """Where a lender lets nobody in, no consent helps."""
    facts = replace(UNKNOWN, consents=(Consent("entry", ConsentForm.WRITTEN, AT - DAY),))
    step = replace(MESSAGE, inside=True)
    found = [decide(step, facts, only("entry", value), AT).outcome for value in ("with_consent", "never")]
    assert found == [ALLOWED, REFUSED]


def test_a_far_end_is_a_refusal() -> None:
    """What does not become lawful within 400 days is refused: nobody plans a message that far ahead."""
    packs = only("minimum_notice", "{hours: 9000, after: letter}")
    facts = replace(UNKNOWN, notices={"letter": AT + DAY * 30})
    assert decide(MESSAGE, facts, packs, AT).outcome is REFUSED
    assert decide(MESSAGE, facts, packs, AT + DAY * 10).outcome is WAIT


def test_nothing_but_a_stop_holds_an_answer_back(packs: object) -> None:
    """A reply to the customer's own message goes out on a Sunday night, after any number of messages."""
    night = local("2027-06-20T23:00", "Europe/London")
    facts = Facts("Europe/London", "UK", contacts=tuple(was(night - MINUTE * one) for one in range(9)))
    reply = replace(MESSAGE, kind=SLOT.kind.REPLY, purpose=Purpose.REPLY)
    assert decide(reply, facts, packs["UK"], night).outcome is ALLOWED  # type: ignore[index]


@pytest.mark.parametrize("text", ["From {bank}.", "From {creditor", "From {}.", "From {creditor.name}."])
def test_a_line_names_the_lender_and_the_way_to_reach_it_only(text: str) -> None:
    """A mandatory line has no placeholder that nobody would fill."""
    with pytest.raises(ScriptInvalid, match="placeholder"):
        only("mandatory_line", f'{{line: x, text: "{text}"}}')
    assert only("mandatory_line", '{line: x, text: "From {creditor}, {contact}."}')
