"""Hours of the week that do not suit: read as people write them, joined, held against an appointment."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.casework.own_times import Barred, bar, read_hours, touches

LONDON = ZoneInfo("Europe/London")
NIGHT = [Barred(0, 22 * 60, 1440), Barred(1, 0, 6 * 60)]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("14:00-16:30", (840, 990)),
        ("9 to 12", (540, 720)),
        ("9–12", (540, 720)),
        ("14：00至16：30", (840, 990)),
        ("22点到6点", (1320, 360)),
        ("8點30分～9點", (510, 540)),
        ("0-24", (0, 1440)),
        ("9.30 - 11", (570, 660)),
        ("9:75-11", None),
        ("24-25", None),
        ("9-9", None),
        ("mornings", None),
        ("", None),
    ],
)
def test_hours_as_people_write_them(text: str, hours: tuple[int, int] | None) -> None:
    """A span of time is read in either script; anything else is none."""
    assert read_hours(text) == hours


def test_what_touches_is_joined() -> None:
    """Hours that follow on each other are one; other days stay."""
    times = bar([Barred(0, 540, 720)], [0], 720, 800)
    assert bar(times, [2], 0, 60) == [Barred(0, 540, 800), Barred(2, 0, 60)]


def test_a_night_ends_on_the_next_day() -> None:
    """From Monday evening into Tuesday morning; from Sunday into Monday."""
    assert bar([], [0], 22 * 60, 6 * 60) == NIGHT
    assert bar([], [6], 1380, 60) == [Barred(0, 0, 60), Barred(6, 1380, 1440)]


@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [
        ("2027-03-01T21:00", "2027-03-01T22:00", False),
        ("2027-03-01T21:30", "2027-03-01T22:01", True),
        ("2027-03-02T05:59", "2027-03-02T06:30", True),
        ("2027-03-02T06:00", "2027-03-02T06:30", False),
        ("2027-03-03T22:30", "2027-03-03T23:00", False),
    ],
)
def test_an_appointment_in_barred_hours(start: str, end: str, meets: bool) -> None:  # noqa: FBT001
    """The end of either is not part of it; the clock is the customer's."""
    instants = [datetime.fromisoformat(one).replace(tzinfo=LONDON) for one in (start, end)]
    assert touches(NIGHT, instants[0], instants[1], LONDON) is meets
