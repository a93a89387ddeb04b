"""Calendar files of appointments. They say nothing but what the caller gives: calendars are shared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry. Instants are aware; `zone` is the tz database's name in which the calendar shows them.

    A higher `sequence` of the same `uid` replaces the entry.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    sequence: int
    description: str = ""
    location: str = ""


def visit_calendar(appointment: Appointment, *, at: datetime, cancelled: bool = False) -> bytes:
    """Return an .ics file (RFC 5545) with its VTIMEZONE: method PUBLISH, or CANCEL to take the entry out.

    `at` is when the file is made. Same arguments, same bytes.
    """
    return _file([_event(appointment, at, "CANCELLED" if cancelled else "CONFIRMED")], cancelled=cancelled)


def team_calendar(appointments: Iterable[Appointment], *, at: datetime) -> bytes:
    """Return an .ics file of several appointments, in their order, to be added to a calendar."""
    return _file([_event(one, at, "CONFIRMED") for one in appointments], cancelled=False)


def _event(one: Appointment, at: datetime, status: str) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", one.starts_at.astimezone(ZoneInfo(one.zone)))
    event.add("dtend", one.ends_at.astimezone(ZoneInfo(one.zone)))
    event.add("summary", one.summary)
    for name in ("description", "location"):
        if getattr(one, name):
            event.add(name, getattr(one, name))
    event.add("sequence", one.sequence)
    event.add("status", status)
    event.add("class", "PRIVATE")
    return event


def _file(events: Iterable[Event], *, cancelled: bool) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Doorstep//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    for event in events:
        calendar.add_component(event)
    calendar.subcomponents[:0] = [_timezone(name) for name in sorted(calendar.get_missing_tzids())]
    content: bytes = calendar.to_ical()
    return content


@cache
def _timezone(name: str) -> Timezone:
    """Return the component of an IANA zone: to make it takes longer than all the rest of a file."""
    return Timezone.from_tzid(name)
