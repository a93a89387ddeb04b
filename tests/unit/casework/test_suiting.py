"""Times that suit a customer, by what is known of them."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.casework.own_times import Barred
from bot.casework.suiting import Suiting

ZONE = ZoneInfo("Asia/Hong_Kong")


def at(day: int, hour: int) -> datetime:
    """Return an instant of March 2027 by the customer's clock; the 1st is a Monday."""
    return datetime(2027, 3, day, hour, 30, tzinfo=ZONE).astimezone(UTC)


TUESDAY_MORNING, SATURDAY_MORNING = at(2, 10), at(6, 10)


@pytest.mark.parametrize(
    ("known", "day", "hour", "suits"),
    [
        ({}, 9, 15, True),
        ({"good": [TUESDAY_MORNING]}, 10, 9, True),
        ({"good": [TUESDAY_MORNING]}, 10, 13, False),
        ({"good": [TUESDAY_MORNING]}, 13, 10, False),
        ({"good": [SATURDAY_MORNING]}, 14, 11, True),
        ({"good": [at(2, 18)]}, 9, 17, True),
        ({"missed": [TUESDAY_MORNING]}, 10, 9, False),
        ({"missed": [TUESDAY_MORNING]}, 10, 13, True),
        ({"missed": [TUESDAY_MORNING], "good": [at(3, 11)]}, 10, 9, True),
        ({"asked": [date(2027, 3, 12)]}, 12, 15, True),
        ({"asked": [date(2027, 3, 12)]}, 11, 15, False),
        ({"asked": [date(2027, 3, 12)], "good": [TUESDAY_MORNING]}, 11, 9, True),
        ({"barred": [Barred(2, 0, 720)]}, 10, 9, False),
        ({"barred": [Barred(2, 0, 720)], "good": [TUESDAY_MORNING]}, 10, 9, False),
        ({"barred": [Barred(2, 0, 720)]}, 10, 13, True),
    ],
    ids=lambda value: "-".join(value) or "nothing" if isinstance(value, dict) else None,
)
def test_suits(known: dict[str, Any], day: int, hour: int, suits: object) -> None:
    """What they asked for suits, then what was good before; where only misses are known, anything but those."""
    assert Suiting(ZONE, **known)(at(day, hour)) is suits
