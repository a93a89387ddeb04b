"""Days, times, money and numbers as a reader writes them: CLDR data through Babel, never by hand.

Instants are aware UTC; `zone` is an IANA name, the zone of the reader or of the visit. `locale` is one of
`negotiate.LOCALES`. Times are on the 24-hour clock everywhere: an appointment must not be off by twelve
hours. English follows the world's English (27 November, US$), since the readers are in many countries.
"""

import re
from collections.abc import Mapping
from datetime import date as Date  # noqa: N812 - the name is taken by the function
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from babel.lists import format_list
from babel.units import format_unit

_REGIONAL = {"en": "en_001"}
_CLOCK = "Hm"
_DAY_OF_YEAR = "MMMEd"
_MIDNIGHT = 24 * 60
_UNITS = (
    ("duration-day", 24 * 60 * 60),
    ("duration-hour", 60 * 60),
    ("duration-minute", 60),
    ("duration-second", 1),
)


def day(locale: str, zone: str, instant: datetime) -> str:
    """Return the day with its weekday, as "Friday, 27 November" or "11月27日星期五"."""
    return dates.format_datetime(instant, _day_pattern(locale), tzinfo=_zone(zone), locale=_locale(locale))


def clock(locale: str, zone: str, instant: datetime) -> str:
    """Return the time of day, as "14:00"."""
    return dates.format_skeleton(_CLOCK, instant, tzinfo=_zone(zone), locale=_locale(locale))


def span(locale: str, zone: str, start: datetime, end: datetime) -> str:
    """Return a span of time within one day, as "14:00–16:00"."""
    return dates.format_interval(start, end, _CLOCK, tzinfo=_zone(zone), locale=_locale(locale))


def weekly(locale: str, weekday: int, opens: int, closes: int) -> str:
    """Return hours of a weekday (Monday is 0), minutes from midnight: "Monday 14:00–16:30"; a whole day is its name."""
    name = dates.get_day_names("wide", "stand-alone", _locale(locale))[weekday]
    if (opens, closes) == (0, _MIDNIGHT):
        return str(name)
    ends = "24:00" if closes == _MIDNIGHT else f"{closes // 60:02}:{closes % 60:02}"
    return f"{name} {opens // 60:02}:{opens % 60:02}–{ends}"


def date(locale: str, value: Date) -> str:
    """Return a calendar date with its year, as "27 November 2026" or "2026年11月27日"."""
    return dates.format_date(value, "long", locale=_locale(locale))


def relative_days(locale: str, days: int) -> str:
    """Return how far off a day is: "in 3 days", "2 days ago" for negative `days`."""
    return dates.format_timedelta(
        timedelta(days=days),
        granularity="day",
        threshold=float("inf"),
        add_direction=True,
        locale=_locale(locale),
    )


def days(locale: str, count: int) -> str:
    """Return a number of days in words, as "1 day" or "120 days"."""
    return dates.format_timedelta(
        timedelta(days=count), granularity="day", threshold=float("inf"), locale=_locale(locale)
    )


def duration(locale: str, value: timedelta) -> str:
    """Return a span of time to the second, as "1 day, 12 hours" or "1天12小时"; none at all is "0 seconds"."""
    rest, parts = int(value.total_seconds()), list[str]()
    for unit, seconds in _UNITS:
        count, rest = divmod(rest, seconds)
        if count or (unit == "duration-second" and not parts):
            parts.append(format_unit(count, unit, "long", locale=_locale(locale)))
    return format_list(parts, "unit", locale=_locale(locale))


def money(locale: str, minor: int, currency: str) -> str:
    """Return an amount given in minor units of the ISO 4217 `currency`, as "US$1,234.50"."""
    return amount(locale, Decimal(minor).scaleb(-currency_digits(currency)), currency)


def amount(locale: str, value: Decimal, currency: str) -> str:
    """Return an amount in whole units of the ISO 4217 `currency`, as "US$1,234.50" or "SGD 1,234.50".

    Between a code and its digits stands a space that does not break, as CLDR's `currencySpacing` wants it and Babel
    leaves it out.
    """
    written = numbers.format_currency(value, currency, locale=_locale(locale))
    return re.sub(r"(?<=[A-Z])(?=\d)", "\N{NO-BREAK SPACE}", written)


def major(minor: int, currency: str) -> str:
    """Return an amount given in minor units as a plain decimal number, for files and machines: "1234.50"."""
    return format(Decimal(minor).scaleb(-currency_digits(currency)), "f")


@lru_cache(maxsize=256)
def currency_digits(currency: str) -> int:
    """Return how many digits stand after the point: 2 for CNY, 0 for JPY, 3 for KWD."""
    return numbers.get_currency_precision(currency)


def number(locale: str, value: Decimal | int) -> str:
    """Return a number with the reader's grouping and decimal point."""
    return numbers.format_decimal(value, locale=_locale(locale))


def decimal(locale: str, scaled: int, digits: int) -> str:
    """Return a number that is given in its last digit, all its digits shown: 21 with one digit is "2.1"."""
    value = Decimal(scaled).scaleb(-digits)
    return numbers.format_decimal(value, format=f"#,##0.{'0' * digits}", locale=_locale(locale))


def language(locale: str) -> str:
    """Return a language by its own name, as "English" or "简体中文"."""
    spoken = Locale.parse(locale)
    return str(spoken.get_display_name(spoken))


@lru_cache(maxsize=16)
def _locale(locale: str) -> Locale:
    return Locale.parse(_REGIONAL.get(locale, locale))


@lru_cache(maxsize=512)
def _zone(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)


@lru_cache(maxsize=16)
def _day_pattern(locale: str) -> str:
    """Widen CLDR's short pattern of a day: its order and marks stay, weekday and month are spelled out."""
    short = _locale(locale).datetime_skeletons[_DAY_OF_YEAR].pattern
    return re.sub("MMM+", "MMMM", re.sub("E+", "EEEE", short))


@cache
def currencies() -> Mapping[str, int]:
    """Return every ISO 4217 currency with its digits after the point."""
    return {code: currency_digits(code) for code in numbers.list_currencies()}
