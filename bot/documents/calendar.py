"""The calendar file of an appointment. It says nothing but what the caller gives: calendars are shared."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event


def visit_calendar(  # noqa: PLR0913 - the properties of an entry
    *,
    uid: str,
    starts_at: datetime,
    ends_at: datetime,
    zone: str,
    summary: str,
    sequence: int,
    at: datetime,
    description: str = "",
    cancelled: bool = False,
) -> bytes:
    """Return an .ics file (RFC 5545) with its VTIMEZONE: method PUBLISH, or CANCEL to take the entry out.

    Instants are aware; `zone` is the tz database's name in which the calendar shows them. A higher `sequence`
    of the same `uid` replaces the entry; `at` is when the file is made. Same arguments, same bytes.
    """
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(ZoneInfo(zone)))
    event.add("dtend", ends_at.astimezone(ZoneInfo(zone)))
    event.add("summary", summary)
    if description:
        event.add("description", description)
    event.add("sequence", sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//Doorstep//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content
