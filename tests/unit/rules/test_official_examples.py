"""Examples of the official interpretations of 12 CFR 1006, each decided as the interpretation says.

Instants are a customer's in New York. The examples name days and weekdays: those of 2026.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from flows.rules import (
    Channel,
    Consent,
    ConsentForm,
    Contact,
    ContactOutcome,
    Facts,
    Hold,
    Outcome,
    Purpose,
    WeeklyTime,
    decide,
)
from tests.unit.rules.conftest import CALL, MESSAGE, PACKS, local, was

ALLOWED, WAIT, REFUSED = Outcome.ALLOWED, Outcome.WAIT, Outcome.REFUSED
FEDERAL = [pack for pack in PACKS if pack.name == "US"]
ZONE = "America/New_York"
AGENCY = Facts(ZONE, "US", first_party=False)
EMAIL = replace(MESSAGE, channel=Channel.EMAIL)


def at(text: str, zone: str = ZONE) -> datetime:
    return local(text, zone)


def calls(*days: str, outcome: ContactOutcome = ContactOutcome.ATTEMPTED) -> tuple[Contact, ...]:
    """Calls in the afternoon of these days."""
    return tuple(was(at(f"{day}T15:00"), Channel.PHONE, outcome) for day in days)


def call(when: str, *earlier: Contact, consents: tuple[Consent, ...] = ()) -> Outcome:
    return decide(CALL, replace(AGENCY, contacts=earlier, consents=consents), FEDERAL, at(when)).outcome


def test_seven_calls_from_wednesday_to_tuesday() -> None:
    """14(b)(2)(i)-1.i: seven calls from 1 to 7 April comply; the next is on 8 April, from the morning on."""
    first_six = calls(*(f"2026-04-0{day}" for day in range(1, 7)))
    seven = (*first_six, *calls("2026-04-07"))
    assert call("2026-04-07T15:00", *first_six) is ALLOWED
    assert call("2026-04-08T08:00", *seven) is ALLOWED


def test_an_eighth_call_within_seven_days() -> None:
    """14(b)(2)(ii)-1.i: a voicemail on 1 April, two calls on each of three days, and an eighth on 7 April violates."""
    seven = calls("2026-04-01", *(day for one in (2, 3, 6) for day in [f"2026-04-0{one}"] * 2))
    assert call("2026-04-07T15:00", *seven) is WAIT


def test_after_a_conversation() -> None:
    """14(b)(2)(i)-1.ii, (ii)-1.ii: after a conversation on Thursday the thirteenth no call before the twentieth."""
    spoken = calls("2026-08-13", outcome=ContactOutcome.CONTACTED)
    asked = [call(when, *spoken) for when in ("2026-08-19T20:59", "2026-08-20T08:00")]
    assert asked == [WAIT, ALLOWED]


def test_call_back_on_monday() -> None:
    """14(b)(3)(i)-3.i: who says on Friday "call back on Monday" may be called on Monday."""
    spoken = calls("2026-04-03", outcome=ContactOutcome.CONTACTED)
    agreed = (Consent("call_frequency", ConsentForm.ORAL, at("2026-04-03T15:05")),)
    assert call("2026-04-06T10:00", *spoken) is WAIT
    assert call("2026-04-06T10:00", *spoken, consents=agreed) is ALLOWED


def test_a_consent_to_calls_ends_after_seven_days() -> None:
    """14(b)(3)(i)-3.iii: consent on Thursday 4 June covers eight calls from 8 to 10 June, none from the eleventh on."""
    earlier = calls("2026-06-01", "2026-06-02", "2026-06-03", *["2026-06-08"] * 4, *["2026-06-09"] * 4)
    agreed = (Consent("call_frequency", ConsentForm.WRITTEN, at("2026-06-04T10:00")),)
    asked = [call(when, *earlier, consents=agreed) for when in ("2026-06-10T20:00", "2026-06-11T08:00")]
    assert asked == [ALLOWED, WAIT]


def test_debts_are_counted_apart() -> None:
    """14(b)(4)-2.i: seven unanswered calls about each of three debts comply; an eighth about one does not."""
    days = [f"2026-11-{day:02}" for day in range(9, 16)]
    earlier = tuple(replace(one, debt_ref=debt) for debt in ("medical", "a", "b") for one in calls(*days))
    without = tuple(one for one in earlier if one != earlier[-1])
    last = replace(CALL, debt_ref="b")
    asked = [
        decide(last, replace(AGENCY, contacts=contacts), FEDERAL, at("2026-11-15T16:00")).outcome
        for contacts in (without, earlier)
    ]
    assert asked == [ALLOWED, WAIT]


def _not_on(*days: int, opens: int = 0, closes: int = 0) -> tuple[WeeklyTime, ...]:
    return tuple(WeeklyTime(day, time(opens), time(closes)) for day in days)


@pytest.mark.parametrize(
    ("barred", "when", "expected"),
    [
        # 6(b)(1)-1.i: not to be disturbed on Tuesdays and Thursdays
        (_not_on(1, 3), "2026-06-23T12:00", "2026-06-24T08:00"),
        (_not_on(1, 3), "2026-06-24T12:00", None),
        # 6(b)(1)-1.ii: on weekdays, except from three to five; not on weekends
        (
            (*_not_on(0, 1, 2, 3, 4, opens=15, closes=17), *_not_on(5, 6)),
            "2026-06-24T15:00",
            "2026-06-24T17:00",
        ),
        (
            (*_not_on(0, 1, 2, 3, 4, opens=15, closes=17), *_not_on(5, 6)),
            "2026-06-26T16:00",
            "2026-06-26T17:00",
        ),
        (
            (*_not_on(0, 1, 2, 3, 4, opens=15, closes=17), *_not_on(5, 6)),
            "2026-06-27T12:00",
            "2026-06-29T08:00",
        ),
        ((*_not_on(0, 1, 2, 3, 4, opens=15, closes=17), *_not_on(5, 6)), "2026-06-24T14:59", None),
    ],
)
def test_times_that_a_consumer_named(barred: tuple[WeeklyTime, ...], when: str, expected: str | None) -> None:
    """What the consumer said is inconvenient is not used; one waits for the next time that is not."""
    verdict = decide(EMAIL, replace(AGENCY, barred_times=barred), FEDERAL, at(when))
    assert verdict.until == (at(expected) if expected else None)


def test_who_writes_at_an_inconvenient_time_may_be_answered() -> None:
    """6(b)(1)-2.i: an e-mail from the consumer at half past three, a barred time, may be answered then."""
    barred = _not_on(2, opens=15, closes=17)
    reply = replace(EMAIL, kind=MESSAGE.kind.REPLY, purpose=Purpose.REPLY)
    half_past = at("2026-06-24T15:30")
    asked = [
        decide(one, replace(AGENCY, barred_times=barred), FEDERAL, half_past).outcome
        for one in (reply, EMAIL)
    ]
    assert asked == [ALLOWED, WAIT]


def test_the_hours_are_those_of_where_the_consumer_is() -> None:
    """6(b)(1)(i)-2: eight and nine are by the clock at the consumer's location, whatever the collector's is."""
    pacific = replace(AGENCY, zone="America/Los_Angeles")
    asked = [
        decide(EMAIL, pacific, FEDERAL, at(when)).outcome for when in ("2026-06-24T10:59", "2026-06-24T11:00")
    ]
    assert asked == [WAIT, ALLOWED]


def test_a_refusal_counts_from_when_it_is_received() -> None:
    """6(c)(1)-1.i: a refusal that was mailed on 3 August and received on the sixth bars nothing on the fourth."""
    known = replace(AGENCY, holds=(Hold("stop", at("2026-08-06T10:00")),))
    asked = [decide(EMAIL, known, FEDERAL, at(f"2026-08-{day}T12:00")).outcome for day in ("04", "06")]
    assert asked == [ALLOWED, REFUSED]


def test_stop_calling() -> None:
    """14(h)(1)-3.i: who says "stop calling" is called no more, and may still be written to."""
    known = replace(AGENCY, holds=(Hold("stop_medium", at("2026-06-01T10:00"), channel=Channel.PHONE),))
    noon = at("2026-06-24T12:00")
    assert [decide(one, known, FEDERAL, noon).outcome for one in (CALL, EMAIL)] == [REFUSED, ALLOWED]


def test_the_initial_communication_may_be_the_consumers() -> None:
    """18(e)(1)-1: when the consumer contacts first, the answer carries the initial disclosure; later ones the other."""
    asked_at = at("2026-06-24T12:00")
    inbound = replace(was(asked_at - timedelta(minutes=5), channel=Channel.EMAIL), inbound=True)
    reply = replace(EMAIL, kind=MESSAGE.kind.REPLY, purpose=Purpose.REPLY)
    sent = was(asked_at - timedelta(days=3), channel=Channel.EMAIL)
    said = [
        [line.id for line in decide(reply, replace(AGENCY, contacts=one), FEDERAL, asked_at).lines]
        for one in ((inbound,), (sent, inbound))
    ]
    assert said == [["collector_first", "opt_out"], ["collector_later", "opt_out"]]
