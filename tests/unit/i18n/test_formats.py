"""Days, times and money in the reader's language."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.i18n import formats

ZONE = "Asia/Shanghai"
START = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "said"),
    [("en", "Friday, 27 November"), ("zh_Hans", "11月27日星期五"), ("zh_Hant", "11月27日星期五")],
)
def test_a_day_is_named_with_its_weekday(locale: str, said: str) -> None:
    """A day is spelled out with its weekday, in the order of the language."""
    assert formats.day(locale, ZONE, START) == said


def test_the_zone_decides_the_day() -> None:
    """The same instant is another day in another zone."""
    late = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
    assert formats.day("en", ZONE, late) == "Saturday, 28 November"
    assert formats.day("en", "Europe/London", late) == "Friday, 27 November"


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_an_afternoon_is_never_read_as_a_morning(locale: str) -> None:
    """Times are on the 24-hour clock in every language."""
    assert formats.clock(locale, ZONE, START) == "14:00"
    span = formats.span(locale, ZONE, START, START + timedelta(minutes=90))
    assert "14:00" in span
    assert "15:30" in span


def test_a_clock_change_is_seen() -> None:
    """Summer time is the zone's affair: the same UTC hour is shown an hour later in summer."""
    assert formats.clock("en", "Europe/London", datetime(2026, 7, 1, 9, tzinfo=UTC)) == "10:00"
    assert formats.clock("en", "Europe/London", datetime(2026, 12, 1, 9, tzinfo=UTC)) == "09:00"


@pytest.mark.parametrize(
    ("locale", "minor", "currency", "said"),
    [
        ("en", 123450, "USD", "US$1,234.50"),
        ("en", 123450, "JPY", "JP¥123,450"),
        ("en", 123450, "KWD", "KWD\N{NO-BREAK SPACE}123.450"),
        ("zh_Hans", 123450, "CNY", "¥1,234.50"),
        ("zh_Hant", 123450, "TWD", "$1,234.50"),
        ("en", -5, "GBP", "-£0.05"),
    ],
)
def test_money_has_its_currency_s_digits(locale: str, minor: int, currency: str, said: str) -> None:
    """Minor units become the amount with as many digits as the currency has, to the last unit."""
    assert formats.money(locale, minor, currency) == said


@pytest.mark.parametrize(("currency", "digits"), [("CNY", 2), ("JPY", 0), ("KWD", 3)])
def test_minor_units_follow_the_currency(currency: str, digits: int) -> None:
    """How many digits a currency has comes from CLDR."""
    assert formats.currency_digits(currency) == digits


@pytest.mark.parametrize(
    ("locale", "said"),
    [("en", "27 November 2026"), ("zh_Hans", "2026年11月27日"), ("zh_Hant", "2026年11月27日")],
)
def test_a_date_has_its_year(locale: str, said: str) -> None:
    """A calendar date is written with its year."""
    assert formats.date(locale, date(2026, 11, 27)) == said


@pytest.mark.parametrize(
    ("locale", "days", "said"),
    [
        ("en", 3, "in 3 days"),
        ("en", -400, "400 days ago"),
        ("zh_Hans", 3, "3天后"),
        ("zh_Hant", -2, "2 天前"),
    ],
)
def test_days_stay_days(locale: str, days: int, said: str) -> None:
    """A distance in days is never rounded to weeks or years."""
    assert formats.relative_days(locale, days) == said


@pytest.mark.parametrize(
    ("locale", "value", "said"),
    [
        ("en", timedelta(days=1, hours=12), "1 day, 12 hours"),
        ("zh_Hans", timedelta(days=1, hours=12), "1天12小时"),
        ("zh_Hant", timedelta(days=1, hours=12), "1 天 12 小時"),
        ("en", timedelta(minutes=1, seconds=30), "1 minute, 30 seconds"),
        ("en", timedelta(), "0 seconds"),
    ],
)
def test_a_duration_is_said_to_the_second(locale: str, value: timedelta, said: str) -> None:
    """Nothing is rounded away, and nothing that is not there is named."""
    assert formats.duration(locale, value) == said


def test_numbers_are_grouped() -> None:
    """A number carries the reader's grouping."""
    assert formats.number("en", 1234567) == "1,234,567"
