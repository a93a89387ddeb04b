from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from bot.documents.calendar import Appointment, team_calendar, visit_calendar

START = datetime(2026, 11, 27, 6, tzinfo=UTC)
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def made(**changes: Any) -> bytes:
    values: dict[str, Any] = {
        "uid": "visit-1@doorstep",
        "starts_at": START,
        "ends_at": START + timedelta(minutes=45),
        "zone": "Europe/London",
        "summary": "预约; with, marks",
        "sequence": 2,
    }
    asked = {name: changes.pop(name) for name in ("at", "cancelled") if name in changes}
    return visit_calendar(Appointment(**values | changes), **{"at": AT} | asked)


def test_round_trip() -> None:
    """Times, words and sequence come back as they went in, and nothing else is said."""
    event = Calendar.from_ical(made()).events[0]
    assert (event.start, event.end) == (START, START + timedelta(minutes=45))
    assert (str(event["summary"]), event["sequence"]) == ("预约; with, marks", 2)
    assert "description" not in event
    assert event["class"] == "PRIVATE"


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Hong_Kong", "America/New_York"])
def test_zone(zone: str) -> None:
    """The zone's own definition is in the file, so that any program shows the right time."""
    calendar = Calendar.from_ical(made(zone=zone))
    assert [str(one["tzid"]) for one in calendar.walk("VTIMEZONE")] == [zone]
    assert calendar.events[0]["dtstart"].params["TZID"] == zone


@pytest.mark.parametrize(
    ("cancelled", "method", "status"), [(False, "PUBLISH", "CONFIRMED"), (True, "CANCEL", "CANCELLED")]
)
def test_method(cancelled: bool, method: str, status: str) -> None:  # noqa: FBT001
    """A cancelled visit is taken out of the calendar by the same uid."""
    calendar = Calendar.from_ical(made(cancelled=cancelled))
    assert (calendar["method"], calendar.events[0]["status"]) == (method, status)
    assert calendar.events[0]["uid"] == "visit-1@doorstep"


def test_same_bytes() -> None:
    """The same visit makes the same bytes."""
    assert made() == made()


def test_description() -> None:
    """A description is written where the caller gives one."""
    event = Calendar.from_ical(made(description="Two lines\nhere")).events[0]
    assert str(event["description"]) == "Two lines\nhere"


def test_team() -> None:
    """A team's file holds each of its visits once, in their order, with the place."""
    day = [
        Appointment(f"visit-{n}@doorstep", START + n * timedelta(hours=2), START + n * timedelta(hours=3),
                    "Europe/London", f"Visit D-{n}", 0, location="Elm Grove …")
        for n in range(3)
    ]  # fmt: skip

    events = Calendar.from_ical(team_calendar(day, at=AT)).events

    assert [str(event["summary"]) for event in events] == ["Visit D-0", "Visit D-1", "Visit D-2"]
    assert [event.start for event in events] == [one.starts_at for one in day]
    assert {str(event["location"]) for event in events} == {"Elm Grove …"}
