"""Counts, gaps and notices at their edges: planned contacts, calendar periods, units."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.rules import (
    Channel,
    ContactOutcome,
    Outcome,
    decide,
)
from tests.unit.rules.conftest import (
    AT,
    HEADER,
    MESSAGE,
    SLOT,
    UNKNOWN,
    local,
    only,
    pack_of,
    rule_text,
    visit,
    was,
)

ALLOWED, WAIT, REFUSED = Outcome.ALLOWED, Outcome.WAIT, Outcome.REFUSED
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NEW_YORK, HAVANA = "America/New_York", "America/Havana"


def test_planned_contacts_count() -> None:
    """A contact that is planned for tomorrow takes its place in the count like one that was made."""
    planned = replace(UNKNOWN, contacts=(was(AT + DAY), was(AT - DAY)))
    week = only("frequency_cap", "{at_most: 2, per: 3 days}")
    gap = only("minimum_gap", "{hours: 30}")
    assert decide(MESSAGE, planned, week, AT).until == AT + 2 * DAY
    assert decide(MESSAGE, planned, gap, AT).until == AT + DAY + timedelta(hours=30)
    assert decide(visit(AT + timedelta(hours=53)), planned, gap, AT).outcome is REFUSED
    assert decide(visit(AT + timedelta(hours=54)), planned, gap, AT).outcome is ALLOWED


def test_what_is_far_enough_away_does_not_matter() -> None:
    """A week that was too full long ago, and a contact that is planned for later, keep nothing back today."""
    full = replace(UNKNOWN, contacts=tuple(was(AT - DAY * 20 - MINUTE * one) for one in range(9)))
    planned = replace(UNKNOWN, contacts=(was(AT + DAY * 3),))
    assert decide(MESSAGE, full, only("frequency_cap", "{at_most: 2, per: 7 days}"), AT).outcome is ALLOWED
    assert decide(MESSAGE, planned, only("minimum_gap", "{hours: 30}"), AT).outcome is ALLOWED


@pytest.mark.parametrize(
    ("per", "sent", "until"),
    [
        ("day", "2027-06-30T23:30", "2027-07-01T00:00"),
        ("week", "2027-07-04T23:30", "2027-07-05T00:00"),
        ("month", "2027-01-31T12:00", "2027-02-01T00:00"),
        ("month", "2027-12-01T12:00", "2028-01-01T00:00"),
        ("26 hours", "2027-06-30T23:30", "2027-07-02T01:30"),
        ("2 consecutive days", "2027-06-30T23:30", "2027-07-02T00:00"),
    ],
)
def test_calendar_periods(per: str, sent: str, until: str) -> None:
    """A day, a week from Monday and a month end by the customer's clock."""
    at = local(sent, "Asia/Tokyo")
    facts = replace(UNKNOWN, zone="Asia/Tokyo", contacts=(was(at),))
    verdict = decide(MESSAGE, facts, only("frequency_cap", f"{{at_most: 1, per: {per}}}"), at + MINUTE)
    assert verdict.until == local(until, "Asia/Tokyo")


COUNTED = [
    ("", {"inbound": True}, False),
    ("", {"solicited": True}, False),
    ("solicited: true", {"solicited": True}, True),
    ("channels: [sms]", {}, False),
    ("purposes: [nudge]", {}, False),
    ("places: [work]", {}, False),
    ("counting: attempts", {"outcome": ContactOutcome.ATTEMPTED}, True),
    ("counting: delivered", {"outcome": ContactOutcome.ATTEMPTED}, False),
    ("counting: delivered", {"channel": Channel.VISIT}, True),
    ("counting: contacts", {"channel": Channel.VISIT}, False),
    ("counting: contacts", {"channel": Channel.VISIT, "outcome": ContactOutcome.CONTACTED}, True),
    ("counting: contacts", {"channel": Channel.SMS}, True),
    ("for_each: debt", {"debt_ref": "a"}, True),
    ("for_each: debt", {"debt_ref": "b"}, False),
    ("for_each: debt", {"debt_ref": ""}, True),
    ("for_each: number", {"number_ref": "1"}, True),
    ("for_each: number", {"number_ref": "2"}, False),
    ("for_each: customer", {"number_ref": "2", "debt_ref": "b"}, True),
]


@pytest.mark.parametrize(("how", "contact", "counts"), COUNTED)
def test_what_a_cap_counts(how: str, contact: dict[str, object], counts: bool) -> None:  # noqa: FBT001
    """Whose and which contacts count; what is not known counts."""
    value = "{at_most: 1, per: day" + (f", {how}" if how else "") + "}"
    action = replace(MESSAGE, debt_ref="a", number_ref="1")
    facts = replace(UNKNOWN, contacts=(replace(was(AT), **contact),))
    assert (decide(action, facts, only("frequency_cap", value), AT + MINUTE).outcome is WAIT) == counts


@pytest.mark.parametrize(
    ("value", "fixed", "first"),
    [
        ("{hours: 24}", "2027-03-25T15:00", "2027-03-26T15:00"),
        ("{calendar_days: 2}", "2027-03-25T15:00", "2027-03-27T00:00"),
        ("{business_days: 2}", "2027-03-25T15:00", "2027-03-31T00:00"),  # over Easter
        ("{clear_days: 2}", "2027-03-25T15:00", "2027-03-31T00:00"),
    ],
)
def test_units_of_notice(value: str, fixed: str, first: str) -> None:
    """Hours by the clock; days by the calendar of the place."""
    pack = pack_of(rule_text("minimum_notice", value), header=HEADER + "calendar: GB-ENG\n")
    begins = local(first)
    found = [decide(visit(at), UNKNOWN, [pack], local(fixed)).outcome for at in (begins - MINUTE, begins)]
    assert found == [REFUSED, ALLOWED]


def test_notice_speaks_of_slots_only() -> None:
    """A message needs no notice; a slot that says no time has none."""
    packs = only("minimum_notice", "{hours: 24}")
    assert decide(MESSAGE, UNKNOWN, packs, AT).outcome is ALLOWED
    assert decide(SLOT, UNKNOWN, packs, AT).outcome is REFUSED


def test_a_slot_after_a_notice() -> None:
    """A slot is judged by its own beginning: too soon after the notice it is refused."""
    packs = only("minimum_notice", "{calendar_days: 3, after: letter}")
    facts = replace(UNKNOWN, notices={"letter": AT})
    found = [decide(visit(AT + DAY * days), facts, packs, AT).outcome for days in (2, 3)]
    assert found == [REFUSED, ALLOWED]
