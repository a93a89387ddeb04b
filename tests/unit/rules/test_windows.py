"""Hours at their edges: clock changes, holidays, agreed times, the customer's own hours."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.rules import (
    AgreedTime,
    Facts,
    Outcome,
    WeeklyTime,
    decide,
)
from flows.rules.days import instants
from tests.unit.rules.conftest import (
    AT,
    CALL,
    HEADER,
    MESSAGE,
    SLOT,
    UNKNOWN,
    local,
    only,
    pack_of,
    rule_text,
    visit,
)

ALLOWED, WAIT, REFUSED = Outcome.ALLOWED, Outcome.WAIT, Outcome.REFUSED
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NEW_YORK, HAVANA = "America/New_York", "America/Havana"


@pytest.mark.parametrize(
    ("zone", "hours", "asked", "until"),
    [
        # The hour from two to three is skipped on 2027-03-14: what opens in it opens when the clock has moved on.
        (NEW_YORK, "02:30-05:00", "2027-03-14T00:00", datetime(2027, 3, 14, 7, tzinfo=UTC)),
        (NEW_YORK, "03:00-05:00", "2027-03-14T00:00", datetime(2027, 3, 14, 7, tzinfo=UTC)),
        # The hour from one to two comes twice on 2027-11-07: the window opens in the first, and again in the second.
        (NEW_YORK, "01:30-01:45", "2027-11-07T00:00", datetime(2027, 11, 7, 5, 30, tzinfo=UTC)),
        (NEW_YORK, "01:30-01:45", "2027-11-07T01:45", datetime(2027, 11, 7, 6, 30, tzinfo=UTC)),
        (NEW_YORK, "00:30-01:45", "2027-11-07T01:50", datetime(2027, 11, 7, 6, tzinfo=UTC)),
        # In Havana midnight itself is skipped on 2027-03-14.
        (HAVANA, "00:00-01:30", "2027-03-13T12:00", datetime(2027, 3, 14, 5, tzinfo=UTC)),
    ],
)
def test_a_clock_change(zone: str, hours: str, asked: str, until: datetime) -> None:
    """A window opens by the customer's clock, whatever the clock does that night."""
    packs = only("contact_window", f'{{mon-sun: "{hours}"}}')
    verdict = decide(MESSAGE, Facts(zone, "XX"), packs, local(asked, zone))
    assert verdict.until == until


def test_a_wall_time_that_is_skipped_is_the_change() -> None:
    """Half past two does not come on the night that skips it: its instant is that of the change; it comes once."""
    found = list(instants(date(2027, 3, 14), 150, ZoneInfo(NEW_YORK)))
    assert found == [datetime(2027, 3, 14, 7, tzinfo=UTC)]


def test_own_hours_that_come_twice() -> None:
    """When the clock goes back into the customer's own hours, they are there again."""
    packs = only("personal_calendar", "{respect: [own_hours]}")
    sunday = WeeklyTime(6, time(0, 30), time(1, 45))
    facts = replace(UNKNOWN, zone=NEW_YORK, own_hours=(sunday,))
    asked = local("2027-11-07T01:50", NEW_YORK)
    assert decide(CALL, facts, packs, asked).until == datetime(2027, 11, 7, 6, tzinfo=UTC)


def test_each_pack_has_its_own_holidays() -> None:
    """A rule keeps to the calendar of its own pack; a pack without one takes those of the others."""
    closed = rule_text("contact_window", '{mon-sun: "00:00-24:00", holidays: none}')
    english = pack_of(closed, header=HEADER + "calendar: GB-ENG\n")
    french = pack_of(rule_text("leave", "[asked]"), header=HEADER + "calendar: FR\n")
    lender = pack_of(closed)
    bastille = datetime(2027, 7, 14, 12, tzinfo=UTC)
    asked = [
        decide(MESSAGE, UNKNOWN, packs, bastille).outcome for packs in ([english, french], [lender, french])
    ]
    assert asked == [ALLOWED, WAIT]


def test_two_windows_a_day() -> None:
    """Between two spans of a day one waits for the second."""
    packs = only("contact_window", '{mon-sun: "09:00-12:00, 14:00-18:00"}')
    found = {hour: decide(MESSAGE, UNKNOWN, packs, AT.replace(hour=hour)).until for hour in (8, 10, 12, 15)}
    assert found == {8: AT.replace(hour=9), 10: None, 12: AT.replace(hour=14), 15: None}


def test_a_run_of_holidays() -> None:
    """Closed on holidays, a message waits for the next day that is none: Christmas 2027 has days in lieu."""
    header = HEADER + "calendar: GB-ENG\n"
    pack = pack_of(rule_text("contact_window", '{mon-sun: "09:00-18:00", holidays: none}'), header=header)
    verdict = decide(MESSAGE, UNKNOWN, [pack], datetime(2027, 12, 25, 12, tzinfo=UTC))
    assert verdict.until == datetime(2027, 12, 29, 9, tzinfo=UTC)


def test_windows_that_meet_later() -> None:
    """Waiting for one window runs into another: the verdict waits until both are open."""
    rules = [
        rule_text("contact_window", '{mon-sun: "08:00-10:00"}', name="a"),
        rule_text("contact_window", '{sat: "07:30-11:00"}', name="b"),
    ]
    verdict = decide(MESSAGE, UNKNOWN, [pack_of(*rules)], datetime(2027, 3, 2, 12, tzinfo=UTC))
    assert verdict.until == datetime(2027, 3, 6, 8, tzinfo=UTC)
    assert {one.id for one in verdict.delayed_by} == {"a", "b"}


def test_windows_that_never_meet() -> None:
    """Two windows without a common minute refuse in the end, and one of them is named."""
    rules = [
        rule_text("contact_window", '{mon-sun: "08:00-10:00"}', name="a"),
        rule_text("contact_window", '{mon-sun: "12:00-14:00"}', name="b"),
    ]
    verdict = decide(MESSAGE, UNKNOWN, [pack_of(*rules)], AT)
    assert verdict.outcome is REFUSED
    assert verdict.bound is not None


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (SLOT, REFUSED),
        (replace(SLOT, starts_at=AT), REFUSED),
        (visit(AT, -10), REFUSED),
        (visit(AT.replace(hour=23), 60), ALLOWED),
        (visit(AT.replace(hour=23), 61), REFUSED),
    ],
)
def test_a_slot_lies_in_a_window_as_a_whole(action: object, expected: Outcome) -> None:
    """A slot without times, one that ends before it begins, and one that runs past the end are refused."""
    packs = only("contact_window", '{mon-sun: "08:00-24:00"}')
    assert decide(action, UNKNOWN, packs, AT - DAY).outcome is expected


@pytest.mark.parametrize(
    ("agreed_time", "expected"), [("widens", ALLOWED), ("narrows", REFUSED), ("ignored", REFUSED)]
)
def test_a_slot_in_an_agreed_time(agreed_time: str, expected: Outcome) -> None:
    """An agreed time lets a late slot in only where the rule says that it widens."""
    packs = only("contact_window", f'{{mon-sun: "08:00-20:00", agreed_time: {agreed_time}}}')
    late = AT.replace(hour=21)
    facts = replace(UNKNOWN, agreed_times=(AgreedTime(late, late + timedelta(hours=1)),))
    assert decide(visit(late), facts, packs, AT).outcome is expected


def test_a_message_waits_for_an_agreed_time() -> None:
    """Where an agreed time widens, one waits for it if it comes before the hours."""
    packs = only("contact_window", '{mon-sun: "08:00-20:00", agreed_time: widens}')
    agreed = AgreedTime(AT.replace(hour=22), AT.replace(hour=23))
    facts = replace(UNKNOWN, agreed_times=(agreed,))
    found = [decide(MESSAGE, facts, packs, AT.replace(hour=hour)).until for hour in (21, 22, 23)]
    assert found == [agreed.starts_at, None, AT.replace(hour=8) + DAY]


def test_an_offer_far_ahead() -> None:
    """A time that was offered for months from now is waited for, where it narrows."""
    packs = only("contact_window", '{mon-sun: "00:00-24:00", agreed_time: narrows}')
    offered = AgreedTime(AT + DAY * 60, AT + DAY * 61)
    assert decide(MESSAGE, replace(UNKNOWN, agreed_times=(offered,)), packs, AT).until == offered.starts_at


def test_a_window_that_a_clock_change_swallows() -> None:
    """On Lord Howe half an hour is skipped at two: a window inside it opens a day later."""
    zone = "Australia/Lord_Howe"
    packs = only("contact_window", '{mon-sun: "02:00-02:20"}')
    verdict = decide(MESSAGE, Facts(zone, "XX"), packs, local("2027-10-03T01:00", zone))
    assert verdict.until == local("2027-10-04T02:00", zone)


def test_own_hours_bring_their_end() -> None:
    """One waits for the customer's hours, past those that they barred; midnight ends the day."""
    packs = only("personal_calendar", "{respect: [barred_times, own_hours]}")
    tuesday = AT.weekday()
    own = (WeeklyTime(tuesday, time(18), time(0)), WeeklyTime(tuesday + 1, time(0), time(2)))
    barred = (WeeklyTime(tuesday, time(17), time(23, 30)),)
    facts = replace(UNKNOWN, own_hours=own, barred_times=barred)
    assert decide(CALL, facts, packs, AT).until == AT.replace(hour=23, minute=30)
    assert decide(visit(AT.replace(hour=23, minute=30), 30), facts, packs, AT).outcome is ALLOWED
    assert decide(visit(AT.replace(hour=23, minute=30), 31), facts, packs, AT).outcome is REFUSED
    assert (
        decide(
            CALL,
            replace(facts, barred_times=(WeeklyTime(tuesday, time(18), time(0)),), own_hours=own[:1]),
            packs,
            AT,
        ).outcome
        is REFUSED
    )
