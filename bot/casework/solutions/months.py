"""Due days: the same day of every month, the last one where a month is shorter."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

_YEAR = 12


def due_days(first: date, months: int) -> Iterator[date]:
    """Yield `months` due days from `first` on; 31 January is followed by 28 (or 29) February and 31 March."""
    return (later(first, after) for after in range(months))


def later(day: date, months: int) -> date:
    """Return the same day so many months later."""
    years, month = divmod(day.month - 1 + months, _YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
