"""The lender's own limits, in every place."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.rules import Channel, Contact, Hold, Outcome, Purpose
from tests.unit.rules.conftest import AT, ZONES, Ask, local, was

OPEN = sorted(set(ZONES) - {"CN", "KR"})  # there a message is refused for reasons of the place


@pytest.mark.parametrize("place", sorted(ZONES))
def test_the_lender_is_stricter(slot: Ask, place: str) -> None:
    """The lender's own hours bind in every place: no visit on a Sunday, none that ends after six."""
    assert slot(place, "2027-03-07T11:00").outcome is Outcome.REFUSED
    assert slot(place, "2027-03-10T17:30").outcome is Outcome.REFUSED


HOLIDAYS = {
    "AU": "2027-01-26",
    "CN": "2027-10-01",
    "HK": "2027-07-01",
    "ID": "2027-08-17",
    "IN": "2027-01-26",
    "JP": "2027-05-03",
    "KR": "2027-03-01",
    "MY": "2027-08-31",
    "PH": "2027-06-12",
    "SG": "2027-08-09",
    "TH": "2027-04-13",
    "TW": "2027-01-01",
    "UK": "2027-03-26",
    "US": "2027-07-05",
    "US-MA": "2027-04-19",
}


@pytest.mark.parametrize(("place", "holiday"), HOLIDAYS.items())
def test_no_visit_on_a_holiday_of_the_place(slot: Ask, place: str, holiday: str) -> None:
    """Nobody is visited on a public holiday of their own place; on a plain Wednesday they may be."""
    notices = {"collection_start": AT}

    assert slot(place, f"{holiday}T11:00", notices=notices).outcome is Outcome.REFUSED
    assert slot(place, "2027-06-23T11:00", notices=notices).outcome is Outcome.ALLOWED


@pytest.mark.parametrize(
    ("ahead", "outcome"),
    [
        (timedelta(hours=24), Outcome.ALLOWED),
        (timedelta(hours=24) - timedelta(seconds=1), Outcome.REFUSED),
    ],
)
def test_minimum_notice(slot: Ask, ahead: timedelta, outcome: Outcome) -> None:
    """A visit is fixed at least a day before it begins."""
    assert slot("HK", "2027-03-10T11:00", ahead=ahead).outcome is outcome


@pytest.mark.parametrize(
    ("staff", "outcome"), [(1, Outcome.REFUSED), (2, Outcome.ALLOWED), (3, Outcome.REFUSED)]
)
def test_two_people(slot: Ask, staff: int, outcome: Outcome) -> None:
    """A team is of two."""
    assert slot("UK", "2027-03-10T11:00", staff=staff).outcome is outcome


@pytest.mark.parametrize("place", ["UK", "SG"])
@pytest.mark.parametrize(
    "kind", ["stop", "not_me", "dispute", "hardship", "representative", "vulnerable", "asked_to_leave"]
)
def test_a_hold_bars_visits_and_messages(slot: Ask, message: Ask, place: str, kind: str) -> None:
    """While a hold is open there is no visit and no unasked message."""
    holds = (Hold(kind, AT),)

    assert slot(place, "2027-03-10T11:00", holds=holds).outcome is Outcome.REFUSED
    assert message(place, "2027-03-10T11:00", holds=holds).outcome is Outcome.REFUSED


@pytest.mark.parametrize("place", OPEN)
def test_one_confirmation_of_a_stop(message: Ask, place: str) -> None:
    """A stop is confirmed once, at whatever hour it came, and then there is silence."""
    since = local("2027-03-10T23:00", ZONES[place])
    confirmed = (Contact(since, Channel.MESSENGER, Purpose.OPT_OUT_CONFIRMATION),)
    purpose, holds = Purpose.OPT_OUT_CONFIRMATION, (Hold("stop", since),)

    assert message(place, "2027-03-10T23:00", purpose, holds=holds).outcome is Outcome.ALLOWED
    again = message(place, "2027-03-10T23:05", purpose, holds=holds, contacts=confirmed)
    assert again.outcome is Outcome.REFUSED


def test_a_later_hold_has_a_confirmation_of_its_own(message: Ask) -> None:
    """Who asked a team to leave and read so may still say stop, and reads that, too; then there is silence."""
    stopped = AT + timedelta(days=1)
    holds = (Hold("asked_to_leave", AT), Hold("stop", stopped))
    purpose = Purpose.OPT_OUT_CONFIRMATION
    said = tuple(Contact(one, Channel.MESSENGER, purpose) for one in (AT, stopped))

    first = message("UK", "2027-03-12T11:00", purpose, holds=holds, contacts=said[:1])
    second = message("UK", "2027-03-12T11:00", purpose, holds=holds, contacts=said)

    assert (first.outcome, second.outcome) == (Outcome.ALLOWED, Outcome.REFUSED)


def test_a_hold_with_an_end(message: Ask) -> None:
    """A message waits for the end of a hold that has one."""
    until = local("2027-03-12T11:00", "Europe/London")

    verdict = message("UK", "2027-03-10T11:00", holds=(Hold("hardship", AT, until),))

    assert (verdict.outcome, verdict.until) == (Outcome.WAIT, until)


def test_a_hold_that_is_over(message: Ask) -> None:
    """A hold that has ended holds nothing."""
    over = local("2027-03-10T10:00", "Europe/London")

    assert message("UK", "2027-03-10T11:00", holds=(Hold("dispute", AT, over),)).outcome is Outcome.ALLOWED


def test_a_message_at_night_waits_for_the_morning(message: Ask) -> None:
    """A notice at nine in the evening goes out at nine the next morning, by the customer's clock."""
    verdict = message("UK", "2027-03-02T21:00")

    assert (verdict.outcome, verdict.until) == (Outcome.WAIT, local("2027-03-03T09:00", "Europe/London"))
    assert str(verdict.bound) == "policy-default@1/policy-message-window"


def test_a_message_on_saturday_night_waits_for_monday(message: Ask) -> None:
    """Sunday is nobody's day for messages."""
    assert message("UK", "2027-03-06T20:00").until == local("2027-03-08T09:00", "Europe/London")


def test_the_clock_change_is_the_customers(message: Ask) -> None:
    """Over the night of a clock change the morning is the new one."""
    assert message("UK", "2027-03-27T23:00").until == datetime(2027, 3, 29, 8, tzinfo=UTC)


def _notices(*when: str) -> tuple[Contact, ...]:
    return tuple(was(local(one, "Europe/London")) for one in when)


def test_one_a_day(message: Ask) -> None:
    """A second unasked message waits for the next morning; the day's cap is among what delayed it."""
    verdict = message("UK", "2027-03-02T15:00", Purpose.NUDGE, contacts=_notices("2027-03-02T10:00"))

    assert verdict.until == local("2027-03-03T09:00", "Europe/London")
    assert [one.id for one in verdict.delayed_by] == ["policy-daily", "policy-message-window"]


def test_three_a_week(message: Ask) -> None:
    """A fourth in seven days waits until the first is a week old."""
    earlier = _notices("2027-03-02T10:00", "2027-03-03T10:00", "2027-03-04T10:00")

    verdict = message("UK", "2027-03-05T12:00", Purpose.NUDGE, contacts=earlier)

    assert verdict.until == local("2027-03-09T10:00", "Europe/London")
    assert verdict.bound is not None
    assert verdict.bound.id == "policy-weekly"


@pytest.mark.parametrize("purpose", [Purpose.REMINDER, Purpose.CONFIRMATION])
def test_what_the_customer_wanted_does_not_count(message: Ask, purpose: Purpose) -> None:
    """Reminders of a confirmed visit and confirmations are neither barred by earlier messages nor counted."""
    sent = _notices("2027-03-02T10:00")
    wanted = (was(local("2027-03-02T10:00", "Europe/London"), purpose=purpose),)

    assert message("UK", "2027-03-02T15:00", purpose, contacts=sent).outcome is Outcome.ALLOWED
    assert message("UK", "2027-03-02T15:00", Purpose.NUDGE, contacts=wanted).outcome is Outcome.ALLOWED
