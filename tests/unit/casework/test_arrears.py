"""How far behind a case is."""

from datetime import date

import pytest

from bot.casework.arrears import bucket, days_past_due


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (0, "0"),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "90+"),
    ],
)
def test_buckets(days: int, name: str) -> None:
    """Each bucket holds its first and its last day."""
    assert bucket(days) == name


def test_days_past_due() -> None:
    """Days are counted from the day on which the oldest unpaid amount fell due; before it there are none."""
    assert days_past_due(date(2026, 11, 2), date(2027, 3, 1)) == 119
    assert days_past_due(date(2027, 3, 2), date(2027, 3, 1)) == 0
