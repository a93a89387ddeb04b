"""Where the packs pull in different directions: the conflicts that the fact sheet names, each decided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from flows.rules import (
    Action,
    ActionKind,
    AgreedTime,
    Anchor,
    Channel,
    Consent,
    ConsentForm,
    Contact,
    ContactOutcome,
    Facts,
    Hold,
    Outcome,
    Pack,
    Place,
    Purpose,
    Recording,
    Role,
    WeeklyTime,
    decide,
    keeping,
)
from tests.unit.rules.conftest import AT, CALL, PACKS, STEP, ZONES, local, only, visit, was

Packs = Mapping[str, Sequence[Pack]]
ALLOWED, WAIT, REFUSED = Outcome.ALLOWED, Outcome.WAIT, Outcome.REFUSED
DAY = timedelta(days=1)
RECORD, ACTIVE, ON = date(2026, 3, 31), date(2027, 2, 28), date(2027, 6, 1)


def place(*names: str) -> list[Pack]:
    """The packs of these places, without the lender's own."""
    return [pack for pack in PACKS if pack.name in names]


def facts(name: str, **others: object) -> Facts:
    return replace(Facts(ZONES[name], name), **others)


@pytest.mark.parametrize(
    ("names", "until", "erase_from"),
    [
        (["CN"], date(2028, 3, 31), date(2028, 4, 1)),
        (["TW"], date(2026, 9, 30), None),
        (["US"], date(2030, 2, 28), None),
        (["CN", "TW", "US"], date(2030, 2, 28), date(2030, 3, 1)),
        (["UK"], None, None),
    ],
)
def test_retention(names: list[str], until: date | None, erase_from: date | None) -> None:
    """CN keeps two years, TW six months, US three years after the last activity; PIPL then wants it gone."""
    anchors = {Anchor.RECORD: RECORD, Anchor.LAST_ACTIVITY: ACTIVE}
    kept = keeping(place(*names), facts("CN", first_party=None), anchors, ON)
    assert (kept.until, kept.erase_from) == (until, erase_from)


def test_retention_names_who_keeps_and_who_erases() -> None:
    """The duty to keep is stronger than the limit, and both are named."""
    kept = keeping(place("CN"), facts("CN"), {Anchor.RECORD: RECORD}, ON)
    assert (str(kept.kept_by), str(kept.erased_by)) == ("CN@1/cn-retain-std", "CN@1/cn-pipl-retention")


def test_video_at_the_door_not_inside() -> None:
    """CN wants picture and sound at the door; inside a home the Civil Code wants clear consent for the picture."""
    both, sound = Recording(audio=True, video=True), Recording(audio=True)
    agreed = (Consent("entry", ConsentForm.EXPRESS, AT), Consent("recording_video", ConsentForm.EXPRESS, AT))

    def ask(recording: Recording, *, inside: bool, consents: tuple[Consent, ...] = agreed[:1]) -> Outcome:
        action = replace(STEP, inside=inside, recording=replace(recording, inside=inside))
        return decide(
            action, facts("CN", consents=consents), place("CN"), local("2026-12-01T12:00", "Asia/Shanghai")
        ).outcome

    assert [ask(both, inside=False), ask(sound, inside=False)] == [ALLOWED, REFUSED]
    late = replace(agreed[0], since=AT - DAY)
    assert [ask(both, inside=True, consents=(late,)), ask(sound, inside=True, consents=(late,))] == [
        REFUSED,
        ALLOWED,
    ]
    assert ask(both, inside=True, consents=(late, replace(agreed[1], since=AT - DAY))) is ALLOWED


def test_all_parties_consent_to_sound() -> None:
    """In Massachusetts even sound needs consent; in Taiwan an agency must record it."""
    silent, sound = (replace(STEP, recording=one) for one in (Recording(), Recording(audio=True)))
    noon = local("2026-12-01T12:00", "America/New_York")
    evening = local("2026-12-01T12:00", "Asia/Taipei")
    agency = facts("TW", first_party=False, notices={"outsourcing": AT - DAY})
    in_ma = [decide(one, facts("US-MA"), place("US", "US-MA"), noon).outcome for one in (silent, sound)]
    in_tw = [decide(one, agency, place("TW"), evening).outcome for one in (silent, sound)]
    assert (in_ma, in_tw) == ([ALLOWED, REFUSED], [REFUSED, ALLOWED])


def test_no_cash_beats_a_lender_who_lets_staff_take_it() -> None:
    """A lender may let collectors take payments; in Taiwan an agency's still may not."""
    lender = only("payment_taking", "[collector]")
    action = Action(ActionKind.PAYMENT_TAKEN, Channel.VISIT, Purpose.VISIT)
    own, agency = (facts("TW", first_party=one) for one in (True, False))
    assert decide(action, own, [*place("TW"), *lender], AT).outcome is ALLOWED
    verdict = decide(action, agency, [*place("TW"), *lender], AT)
    assert (verdict.outcome, str(verdict.bound)) == (REFUSED, "TW@1/tw-no-cash")
    safety = replace(action, role=Role.SAFETY_OFFICER)
    assert decide(safety, own, [*place("TW"), *lender], AT).outcome is REFUSED


def _calls(zone: str, outcome: ContactOutcome, number: int) -> tuple[Contact, ...]:
    first = local("2027-06-22T09:00", zone)
    hours = (first + timedelta(minutes=10 * one) for one in range(number))
    return tuple(was(at, Channel.PHONE, outcome) for at in hours)


@pytest.mark.parametrize(
    ("name", "outcome", "number", "expected"),
    [
        ("AU", ContactOutcome.ATTEMPTED, 9, ALLOWED),
        ("AU", ContactOutcome.CONTACTED, 2, ALLOWED),
        ("AU", ContactOutcome.CONTACTED, 3, WAIT),
        ("US", ContactOutcome.ATTEMPTED, 6, ALLOWED),
        ("US", ContactOutcome.ATTEMPTED, 7, WAIT),
        ("US", ContactOutcome.CONTACTED, 1, WAIT),
        ("CN", ContactOutcome.ATTEMPTED, 5, ALLOWED),
        ("CN", ContactOutcome.ATTEMPTED, 6, WAIT),
        ("CN", ContactOutcome.CONTACTED, 3, WAIT),
    ],
)
def test_what_counts(name: str, outcome: ContactOutcome, number: int, expected: Outcome) -> None:
    """AU counts contacts made, US calls placed, CN attempts: the same day of calls, three answers."""
    zone = ZONES[name]
    known = facts(name, first_party=False, contacts=_calls(zone, outcome, number))
    assert decide(CALL, known, place(name), local("2027-06-22T14:00", zone)).outcome is expected


def test_waking_hours_narrow_the_federal_window(packs: Packs) -> None:
    """Known waking hours in Massachusetts narrow the federal window; they never widen it."""
    zone = "America/New_York"
    at = local("2027-06-22T08:30", zone)
    late_riser = tuple(
        WeeklyTime(day, local("2027-06-22T10:00").time(), local("2027-06-22T23:00").time())
        for day in range(7)
    )
    known, unknown = facts("US-MA", own_hours=late_riser), facts("US-MA")
    found = {
        hour: (
            decide(visit(at), unknown, place("US", "US-MA"), at - 5 * DAY).outcome,
            decide(visit(at), known, place("US", "US-MA"), at - 5 * DAY).outcome,
        )
        for hour in ("08:30", "11:00", "21:30")
        if (at := local(f"2027-06-22T{hour}", zone))
    }
    assert found == {"08:30": (ALLOWED, REFUSED), "11:00": (ALLOWED, ALLOWED), "21:30": (REFUSED, REFUSED)}
    assert [pack.name for pack in packs["US-MA"]] == ["US-MA", "US", "policy-default"]


def test_the_vulnerable_are_not_visited_in_the_uk() -> None:
    """The UK bars a visit to a vulnerable customer; India's home visit as a last resort is another place's rule."""
    holds = (Hold("vulnerable", AT - DAY),)
    asked = {}
    for name in ("UK", "IN"):
        at = local("2027-06-22T12:00", ZONES[name])
        asked[name] = decide(visit(at), facts(name, holds=holds), place(name), at - 5 * DAY).outcome
    both = decide(visit(at), facts("IN", holds=holds), place("UK", "IN"), at - 5 * DAY)
    assert asked == {"UK": REFUSED, "IN": ALLOWED}
    assert str(both.bound) == "UK@1/uk-visit-vulnerable"


def test_sundays_and_holidays() -> None:
    """Indonesia bars Sundays and holidays; Thailand shortens them."""
    asked = {}
    for name, day in (("ID", "2027-06-20"), ("ID", "2027-08-17"), ("TH", "2027-06-20"), ("TH", "2027-04-13")):
        found = [
            decide(CALL, facts(name), place(name), local(f"{day}T{hour}", ZONES[name])).outcome
            for hour in ("12:00", "19:00")
        ]
        asked[name, day] = found
    assert asked == {
        ("ID", "2027-06-20"): [WAIT, WAIT],
        ("ID", "2027-08-17"): [WAIT, WAIT],
        ("TH", "2027-06-20"): [ALLOWED, WAIT],
        ("TH", "2027-04-13"): [ALLOWED, WAIT],
    }


@pytest.mark.parametrize(
    ("name", "within", "outside"),
    [("CN", ALLOWED, ALLOWED), ("JP", WAIT, WAIT)],
)
def test_an_agreed_time(name: str, within: Outcome, outside: Outcome) -> None:
    """A time agreed late at night widens CN's hours; a time offered in JP narrows them to itself."""
    zone = ZONES[name]
    night = AgreedTime(local("2027-06-22T22:30", zone), local("2027-06-22T23:30", zone))
    known = facts(name, agreed_times=(night,))
    asked = [
        decide(CALL, known, place(name), local(f"2027-06-22T{hour}", zone)).outcome
        for hour in ("22:45", "15:00")
    ]
    assert asked == [within, outside]


def test_a_time_offered_in_japan() -> None:
    """Before the offered time one waits for it, inside it is lawful, after it the ordinary hours are back."""
    zone = ZONES["JP"]
    offered = AgreedTime(local("2027-06-23T15:00", zone), local("2027-06-23T16:00", zone))
    known = facts("JP", agreed_times=(offered,))

    def ask(when: str) -> tuple[Outcome, datetime | None]:
        verdict = decide(CALL, known, place("JP"), local(when, zone))
        return verdict.outcome, verdict.until

    assert ask("2027-06-22T12:00") == (WAIT, offered.starts_at)
    assert ask("2027-06-23T15:30") == (ALLOWED, None)
    assert ask("2027-06-23T16:00") == (ALLOWED, None)
    slot = [
        visit(local(when, zone), 45) for when in ("2027-06-23T15:00", "2027-06-23T15:30", "2027-06-24T10:00")
    ]
    found = [decide(one, known, place("JP"), local("2027-06-20T12:00", zone)).outcome for one in slot]
    assert found == [ALLOWED, REFUSED, ALLOWED]


def test_the_philippine_exception_does_not_apply_by_itself() -> None:
    """Sixteen days past due widens nothing until a reviewer turns the exception on."""
    [pack] = place("PH")
    zone, late = ZONES["PH"], local("2027-06-22T23:00", ZONES["PH"])
    known = facts("PH", overdue_since=date(2027, 6, 6))
    assert decide(CALL, known, [pack], late).outcome is WAIT
    elsewhere = replace(STEP, place=Place.WORK)
    assert decide(elsewhere, known, [pack], local("2027-06-22T12:00", zone)).outcome is ALLOWED
