"""Calendar dates as people write them, where they can mean only one day."""

import re
import unicodedata
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTH_OF = {name: n for names in (_MONTHS, _LONG_MONTHS) for n, name in enumerate(names, 1)} | {"sept": 9}
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_YEAR_FIRST = tuple(
    re.compile(form)
    for form in (
        r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})" + _TIME,
        r"(\d{4})\s*(年)\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]",
        r"(\d{4})()(\d{2})(\d{2})",
    )
)
_YEAR_LAST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})" + _TIME)
_DAY_MONTH = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[- ](?P<month>[a-z]+)\.?,?[- ](?P<year>\d{4})")
_MONTH_DAY = re.compile(r"(?P<month>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})")


class DayAmbiguous(ValueError):  # noqa: N818
    """A text that can mean two days."""

    def __init__(self, first: date, second: date) -> None:
        self.first = first
        self.second = second
        super().__init__("ambiguous")


def parse_day(text: str) -> date:
    """Read 2026-11-24, 2026/11/24, 20261124, 24 Nov 2026, Nov 24, 2026, 2026年11月24日 or 24/11/2026.

    Raises `DayAmbiguous` for 03/04/2026, where either number can be the month, and ValueError for
    anything else.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    found = next((match for form in _YEAR_FIRST if (match := form.fullmatch(plain))), None)
    if found is not None:
        return date(int(found[1]), int(found[3]), int(found[4]))
    last = _YEAR_LAST.fullmatch(plain)
    if last is not None:
        return _one_of(int(last[4]), int(last[1]), int(last[3]))
    named = _DAY_MONTH.fullmatch(plain.casefold()) or _MONTH_DAY.fullmatch(plain.casefold())
    if named is None or named["month"] not in _MONTH_OF:
        raise ValueError("not a date")
    return date(int(named["year"]), _MONTH_OF[named["month"]], int(named["day"]))


def _one_of(year: int, one: int, other: int) -> date:
    """Return the only day that two numbers can mean."""
    days = {day for month, of_month in ((one, other), (other, one)) if (day := _day(year, month, of_month))}
    if not days:
        raise ValueError("not a date")
    if len(days) > 1:
        raise DayAmbiguous(*sorted(days))
    return days.pop()


def _day(year: int, month: int, of_month: int) -> date | None:
    try:
        return date(year, month, of_month)
    except ValueError:
        return None
