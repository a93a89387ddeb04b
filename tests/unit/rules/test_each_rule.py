"""Every shipped rule by itself: what it allows, where its boundary is, what it refuses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from flows.rules import (
    Action,
    ActionKind,
    Channel,
    Consent,
    ConsentForm,
    Facts,
    Hold,
    Outcome,
    Purpose,
    Role,
    Status,
    ThirdParty,
    WeeklyTime,
    decide,
)
from flows.rules.kinds import KINDS
from tests.unit.rules.conftest import (
    AT,
    CALL,
    MESSAGE,
    PACKS,
    SLOT,
    STEP,
    UNKNOWN,
    ZONES,
    alone,
    local,
    visit,
    was,
)
from tests.unit.rules.tables import (
    AFTER,
    CAPS,
    CHANNELS,
    CLOSED,
    ENTRIES,
    HOLDS,
    IDENTITY,
    LEADS,
    LEAVES,
    LINES,
    OTHERS,
    PAYMENTS,
    PERSONAL,
    RECORDINGS,
    STAFF,
    TABLES,
    TRIED,
    TUESDAY,
    WINDOWS,
)

ALLOWED, WAIT, REFUSED = Outcome.ALLOWED, Outcome.WAIT, Outcome.REFUSED
HOUR, DAY, MINUTE, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
OTHER_PERSON = replace(CALL, kind=ActionKind.THIRD_PARTY_CONTACT, third_party_ref="p")
PAYMENT = Action(ActionKind.PAYMENT_TAKEN, Channel.VISIT, Purpose.VISIT)


def facts_for(rule_id: str, **others: Any) -> Facts:
    """Facts of a case in the rule's own place; which party collects is not known."""
    pack, _ = alone(rule_id)
    return replace(UNKNOWN, zone=ZONES.get(pack.name, "Europe/London"), **others)


def outcome(rule_id: str, action: Action, at: datetime = AT, **facts: Any) -> Outcome:
    """What the rule says by itself."""
    pack, _ = alone(rule_id)
    return decide(action, facts_for(rule_id, **facts), [pack], at).outcome


def test_every_rule_has_its_row() -> None:
    """No shipped rule that judges is without a row in these tables."""
    judged = {
        rule.id
        for pack in PACKS
        for rule in pack.rules
        if KINDS[rule.kind].judge is not None and rule.source.status is not Status.DRAFT
    }
    assert {name for table in TABLES for name in table} == judged


def _spans() -> Iterator[tuple[str, Action, datetime, datetime]]:
    for rule_id, (action, spans) in WINDOWS.items():
        zone = facts_for(rule_id).zone
        for day, opens, closes in spans:
            yield rule_id, action, local(f"{day}T{opens}", zone), local(f"{day}T{closes}", zone)


@pytest.mark.parametrize(("rule_id", "action", "opens", "closes"), list(_spans()))
def test_a_window(rule_id: str, action: Action, opens: datetime, closes: datetime) -> None:
    """The first minute is allowed, the one before is not; the last minute is allowed, the one after is not."""

    def ask(at: datetime) -> Outcome:
        asked = visit(at, 1) if action.kind is ActionKind.VISIT_SLOT else action
        return outcome(rule_id, asked, at - (5 * DAY if action.kind is ActionKind.VISIT_SLOT else 0 * DAY))

    closed = REFUSED if action.kind is ActionKind.VISIT_SLOT else WAIT
    found = [ask(one) for one in (opens - MINUTE, opens, closes - MINUTE, closes)]
    assert found == [closed, ALLOWED, ALLOWED, closed]


@pytest.mark.parametrize(("rule_id", "day"), [(one, day) for one, days in CLOSED.items() for day in days])
def test_a_closed_day(rule_id: str, day: str) -> None:
    """On such a day the window does not open at any hour."""
    action, zone = WINDOWS[rule_id][0], facts_for(rule_id).zone
    starts = [local(f"{day}T{hour:02}:00", zone) for hour in range(24)]
    asked = [visit(at) if action.kind is ActionKind.VISIT_SLOT else action for at in starts]
    found = {outcome(rule_id, one, at) for one, at in zip(asked, starts, strict=True)}
    assert ALLOWED not in found


def _lawful_again(first: datetime, per: timedelta | str) -> datetime:
    midnight = first.replace(hour=0, minute=0)
    if isinstance(per, timedelta):
        return first + per
    if per == "7 days":  # consecutive days, the first of them counted
        return midnight + 7 * DAY
    return midnight + DAY if per == "day" else (midnight.replace(day=1) + 32 * DAY).replace(day=1)


@pytest.mark.parametrize("rule_id", CAPS)
def test_a_cap(rule_id: str) -> None:
    """One below the cap is allowed; at the cap nothing is until the first has left the period, to the second."""
    action, channel, made, most, per = CAPS[rule_id]
    first = local("2027-06-22T10:00", facts_for(rule_id).zone)
    contacts = tuple(
        was(first + MINUTE * number, channel, made, place=action.place) for number in range(most)
    )
    again = _lawful_again(first, per)

    def ask(at: datetime, *, known: int = most) -> Outcome:
        asked = visit(at) if action.kind is ActionKind.VISIT_SLOT else action
        return outcome(rule_id, asked, at, contacts=contacts[:known])

    full = REFUSED if action.kind is ActionKind.VISIT_SLOT else WAIT
    assert ask(first + HOUR, known=most - 1) is ALLOWED
    assert [ask(first + HOUR), ask(again - SECOND), ask(again)] == [full, full, ALLOWED]


@pytest.mark.parametrize("rule_id", STAFF)
def test_staffing(rule_id: str) -> None:
    """Too few and too many are refused."""
    least, most = STAFF[rule_id]
    expected = [REFUSED, ALLOWED, ALLOWED if most is None else REFUSED]
    staff = [least - 1, most or least, (most or 9) + 1]
    assert [outcome(rule_id, replace(STEP, staff=one)) for one in staff] == expected


@pytest.mark.parametrize("rule_id", AFTER)
def test_a_notice_that_comes_first(rule_id: str) -> None:
    """Without the notice nothing goes out; after it from the lawful instant on, and not a second before."""
    notice, ready = AFTER[rule_id]
    zone = facts_for(rule_id).zone
    given, at = {notice: local("2027-06-18T12:00", zone)}, local(ready, zone)
    assert outcome(rule_id, MESSAGE, at) is REFUSED
    found = [outcome(rule_id, MESSAGE, one, notices=given) for one in (at - SECOND, at)]
    assert found == [WAIT, ALLOWED]


@pytest.mark.parametrize("rule_id", LEADS)
def test_notice_before_a_visit(rule_id: str) -> None:
    """A visit may begin at the lawful instant, and not a second before."""
    zone = facts_for(rule_id).zone
    fixed, first = local("2027-06-18T12:00", zone), local(LEADS[rule_id], zone)
    role = Role.ENFORCEMENT if rule_id == "uk-tcg-notice" else Role.COLLECTOR
    found = [outcome(rule_id, visit(one, role=role), fixed) for one in (first - SECOND, first)]
    assert found == [REFUSED, ALLOWED]


@pytest.mark.parametrize(
    ("rule_id", "trigger"), [(one, kind) for one, row in HOLDS.items() for kind in row[0]]
)
def test_a_hold(rule_id: str, trigger: str) -> None:
    """The hold refuses, or waits for its own end; another hold does not matter; the residue may be sent."""
    _, action, days, still = HOLDS[rule_id]
    open_hold, other = (Hold(trigger, AT),), (Hold("another", AT),)

    assert outcome(rule_id, action, AT, holds=other) is ALLOWED
    assert outcome(rule_id, action, AT - SECOND, holds=open_hold) is ALLOWED
    assert outcome(rule_id, action, AT, holds=open_hold) is (WAIT if days else REFUSED)
    if days:
        ends = AT + DAY * days
        found = [outcome(rule_id, action, at, holds=open_hold) for at in (ends - SECOND, ends)]
        assert found == [WAIT, ALLOWED]
    for purpose in still:
        assert outcome(rule_id, replace(action, purpose=purpose), AT, holds=open_hold) is ALLOWED


@pytest.mark.parametrize("rule_id", IDENTITY)
def test_identity(rule_id: str) -> None:
    """The debt is named only to who is known to be the customer; the rest may be said to anybody."""
    telling = replace(STEP, discloses_debt=True)
    assert outcome(rule_id, telling) is REFUSED
    assert outcome(rule_id, telling, identity_established=True) is ALLOWED
    assert outcome(rule_id, STEP) is ALLOWED


@pytest.mark.parametrize("rule_id", LINES)
def test_a_line(rule_id: str) -> None:
    """The line is asked for in the first contact, in later ones, or in both."""
    line, action, first, later = LINES[rule_id]
    pack, _ = alone(rule_id)
    written = was(AT - DAY, inbound=True)  # what the customer wrote is no contact of ours
    for earlier, expected in (((), first), ((written,), first), ((was(AT - DAY),), later)):
        verdict = decide(action, facts_for(rule_id, contacts=earlier), [pack], AT)
        assert verdict.outcome is ALLOWED
        assert [one.id for one in verdict.lines] == ([line] if expected else [])


@pytest.mark.parametrize("rule_id", RECORDINGS)
def test_a_recording(rule_id: str) -> None:
    """What may be recorded may, what may not may not; a consent mends it where the rule says so."""
    action, good, bad, to = RECORDINGS[rule_id]
    consents = (Consent(to or "anything", ConsentForm.EXPRESS, AT),)
    assert outcome(rule_id, replace(action, recording=good)) is ALLOWED
    assert outcome(rule_id, replace(action, recording=bad)) is REFUSED
    mended = outcome(rule_id, replace(action, recording=bad), consents=consents)
    assert mended is (ALLOWED if to else REFUSED)
    assert outcome(rule_id, action) is ALLOWED


@pytest.mark.parametrize("rule_id", ENTRIES)
def test_an_entry(rule_id: str) -> None:
    """Nobody goes in without the customer's consent, from when it was given."""
    consents = (Consent("entry", ConsentForm.EXPRESS, AT),)
    going_in = replace(STEP, inside=True)
    assert outcome(rule_id, STEP) is ALLOWED
    assert outcome(rule_id, going_in) is REFUSED
    found = [outcome(rule_id, going_in, at, consents=consents) for at in (AT - SECOND, AT)]
    assert found == [WAIT, ALLOWED]


@pytest.mark.parametrize(
    ("rule_id", "sign"), [(one, sign) for one, signs in LEAVES.items() for sign in signs]
)
def test_leaving(rule_id: str, sign: str) -> None:
    """After such a sign no step follows."""
    step = replace(STEP, role=Role.ENFORCEMENT) if rule_id == "uk-tcg-alone" else STEP
    assert outcome(rule_id, step) is ALLOWED
    assert outcome(rule_id, step, leave=frozenset({"rain"})) is ALLOWED
    assert outcome(rule_id, step, leave=frozenset({sign})) is REFUSED


@pytest.mark.parametrize("rule_id", OTHERS)
def test_other_people(rule_id: str) -> None:
    """Some may be reached, fewer may hear of the debt, and whoever refused is left alone."""
    who, told = OTHERS[rule_id]
    failed = tuple(was(AT - DAY * days, Channel.PHONE, TRIED) for days in (1, 2, 3))

    def ask(one: ThirdParty, *, debt: bool = False, refused: frozenset[str] = frozenset()) -> Outcome:
        action = replace(OTHER_PERSON, third_party=one, discloses_debt=debt)
        return outcome(rule_id, action, contacts=failed, refused_by=refused)

    assert {one for one in ThirdParty if ask(one) is ALLOWED} == who
    assert {one for one in ThirdParty if ask(one, debt=True) is ALLOWED} == told
    assert not any(ask(one, refused=frozenset({"p"})) is ALLOWED for one in ThirdParty)


@pytest.mark.parametrize("rule_id", CHANNELS)
def test_a_channel(rule_id: str) -> None:
    """The way or place that is not permitted is refused, unless a consent lifts it; others are let be."""
    barred, free, to = CHANNELS[rule_id]
    consents = (Consent(to or "anything", ConsentForm.WRITTEN, AT),)
    assert outcome(rule_id, free) is ALLOWED
    if barred is not None:
        assert outcome(rule_id, barred) is REFUSED
        assert outcome(rule_id, barred, consents=consents) is (ALLOWED if to else REFUSED)


@pytest.mark.parametrize("rule_id", PAYMENTS)
@pytest.mark.parametrize("role", Role)
def test_taking_money(rule_id: str, role: Role) -> None:
    """Nobody takes a payment."""
    assert outcome(rule_id, replace(PAYMENT, role=role)) is REFUSED


@pytest.mark.parametrize("rule_id", PERSONAL)
def test_the_customers_own_times(rule_id: str) -> None:
    """Barred hours and, once they are known, hours outside one's own are respected where the rule says so."""
    barred, own = PERSONAL[rule_id]
    zone = facts_for(rule_id).zone
    day = date.fromisoformat(TUESDAY)
    hours = (WeeklyTime(day.weekday(), local(f"{TUESDAY}T10:00").time(), local(f"{TUESDAY}T12:00").time()),)
    starts = [local(f"{TUESDAY}T{one}", zone) for one in ("09:59", "10:00", "11:59", "12:00")]
    action = SLOT if rule_id == "us-ma-waking" else CALL

    def ask(at: datetime, **facts: Any) -> bool:
        asked = visit(at, 1) if action is SLOT else action
        return outcome(rule_id, asked, at, **facts) is ALLOWED

    within = [ask(at, own_hours=hours) for at in starts]
    outside = [ask(at, barred_times=hours) for at in starts]
    assert within == ([False, True, True, False] if own else [True] * 4)
    assert outside == ([True, False, False, True] if barred else [True] * 4)
