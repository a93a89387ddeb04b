from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.casework.areas import parse_area
from bot.casework.roster import (
    COLLECTOR,
    SAFETY_OFFICER,
    Colleague,
    Errand,
    Missing,
    parse_hours,
    write_hours,
)
from bot.casework.travel import Point

HK = ZoneInfo("Asia/Hong_Kong")
FRIDAY = date(2026, 11, 27)
LENGTH = timedelta(minutes=45)
WEEK = parse_hours("mon-fri 09:00-18:00, sat 10:00-14:00")


def works(one: Colleague, hour: int, minute: int = 0, day: date = FRIDAY) -> bool:
    start = datetime.combine(day, time(hour, minute), HK).astimezone(UTC)
    return one.works(start, start + LENGTH)


def test_hours() -> None:
    """A visit lies within the hours of its day, in the colleague's own zone; a day without hours is free."""
    one = Colleague(1, COLLECTOR, HK, WEEK)
    assert works(one, 9)
    assert works(one, 17, 15)
    assert not works(one, 17, 30)
    assert not works(one, 8, 59)
    saturday, sunday = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2)
    assert works(one, 10, day=saturday)
    assert not works(one, 9, day=saturday)
    assert not works(one, 12, day=sunday)


def test_off() -> None:
    """On a day off, first and last included, nobody works; the day after they do."""
    one = Colleague(1, COLLECTOR, HK, off=((FRIDAY, FRIDAY + timedelta(days=1)),))
    assert not works(one, 9)
    assert not works(one, 9, day=FRIDAY + timedelta(days=1))
    assert works(one, 9, day=FRIDAY + timedelta(days=2))
    assert works(one, 9, day=FRIDAY - timedelta(days=1))


def test_nothing_set() -> None:
    """What is not set limits nothing."""
    one = Colleague(1, COLLECTOR, HK)
    assert works(one, 6)
    assert one.fits(Errand("1 Elm Grove", None, "zh_Hant")) is None


@pytest.mark.parametrize(("role", "lacks"), [(COLLECTOR, Missing.LANGUAGE), (SAFETY_OFFICER, None)])
def test_language(role: str, lacks: Missing | None) -> None:
    """Who talks must speak the customer's language; who looks after safety need not."""
    one = Colleague(1, role, HK, languages=frozenset({"en"}))
    assert one.fits(Errand(language="zh_Hant")) is lacks
    assert one.fits(Errand(language="en")) is None


@pytest.mark.parametrize(
    ("area", "address", "place", "inside"),
    [
        ("SE1", "3 Long Lane, London SE1 4PG", None, True),
        ("SE1", "3 Long Lane, London SE15 4PG", None, False),
        ("kowloon", "Flat 3, KOWLOON Tong", None, True),
        ("九龍", "九龍彌敦道12號", None, True),
        ("九龍", "香港德輔道中12號", None, False),
        ("22.3193,114.1694,5 km", "", Point(22.33, 114.17), True),
        ("22.3193,114.1694,5 km", "", Point(22.28, 114.10), False),
        ("22.3193,114.1694,5 km", "", None, False),
    ],
)
def test_area(area: str, address: str, place: Point | None, *, inside: bool) -> None:
    """A district is a word of the address, a circle holds what is near; an unknown place is in no circle."""
    one = Colleague(1, SAFETY_OFFICER, HK, areas=(parse_area(area),))
    assert (one.fits(Errand(address, place)) is None) is inside


def test_written_hours_are_read_back() -> None:
    """What is written is what is read."""
    assert write_hours(WEEK) == "mon-fri 09:00-18:00, sat 10:00-14:00"
    assert parse_hours(write_hours(WEEK)) == WEEK


@pytest.mark.parametrize(
    "wrong", ["", "mon", "mon 9-18", "fri-mon 09:00-18:00", "mon 18:00-09:00", "day 09:00-10:00"]
)
def test_hours_refused(wrong: str) -> None:
    """Hours that cannot be read are refused with what would be right."""
    with pytest.raises(ValueError, match=r"hours|days"):
        parse_hours(wrong)


@pytest.mark.parametrize("wrong", ["", "  ", "95,10,5 km"])
def test_area_refused(wrong: str) -> None:
    """An area without a name, or off the earth, is refused."""
    with pytest.raises(ValueError, match=r"area|latitude"):
        parse_area(wrong)
