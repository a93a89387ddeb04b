from datetime import date

import pytest

from bot.casework.days import DayAmbiguous, parse_day


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24", "2026/11/24", "2026.11.24", "20261124", "24 Nov 2026", "24 November 2026",
        "24-Nov-2026",
        "Nov 24, 2026", "November 24 2026", "24th nov. 2026", "2026年11月24日", "2026 年 11 月 24 日",
        "２０２６-１１-２４",
        "24/11/2026", "11/24/2026", "24.11.2026", "2026-11-24T00:00:00", "2026-11-24 09:30",
        "2026年11月24號",
    ],
)  # fmt: skip
def test_forms(text: str) -> None:
    """Every usual form that can mean one day only is read as that day."""
    assert parse_day(text) == date(2026, 11, 24)


@pytest.mark.parametrize("text", ["03/04/2026", "3.4.2026", "03-04-2026"])
def test_ambiguous(text: str) -> None:
    """Where either number can be the month, both days are named and none is chosen."""
    with pytest.raises(DayAmbiguous) as found:
        parse_day(text)
    assert (found.value.first, found.value.second) == (date(2026, 3, 4), date(2026, 4, 3))


def test_same_either_way() -> None:
    """A date whose day is its month is not ambiguous."""
    assert parse_day("05/05/2026") == date(2026, 5, 5)


@pytest.mark.parametrize(
    "text",
    ["", "24/11/26", "2026-11", "2026-11/24", "2026-11-24 or so", "31/31/2026", "29 Feb 2026", "2026-13-01",
     "24 Foo 2026", "tomorrow", "46350", "0000-01-01"],
)  # fmt: skip
def test_no_dates(text: str) -> None:
    """What is no date, or not quite one, is refused."""
    with pytest.raises(ValueError, match=r"."):
        parse_day(text)
