"""Hours by weekday, as a compliance officer writes them: `mon-fri: "09:00-12:00, 14:00-20:00"`."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from flows.rules.kinds.reading import Fault

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 24 * 60
Hours = tuple[tuple[int, int], ...]  # minutes of the day, the end exclusive
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)")


def hours(text: Any) -> Hours:
    """Read `"09:00-20:00"`, several with commas, or `none`. Raises Fault."""
    if text == "none":
        return ()
    spans = tuple(_span(part.strip()) for part in str(text).split(","))
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        raise Fault(f"write the hours of a day in order and apart, not {text}")
    return spans


def _span(text: str) -> tuple[int, int]:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise Fault(f'write hours such as "09:00-20:00" or none, not {text}')
    opens = int(match[1]) * 60 + int(match[2])
    closes = MIDNIGHT if match[3] is None else int(match[3]) * 60 + int(match[4])
    if closes <= opens:
        raise Fault(f"this window never opens: {text} ends before it begins")
    return opens, closes


def week(value: Mapping[str, Any]) -> tuple[Hours, ...]:
    """Read hours by weekday; a day that is not named is closed. Raises Fault for a day that is named twice."""
    found: dict[int, Hours] = {}
    for key, text in value.items():
        for day in _days(str(key)):
            if day in found:
                raise Fault(f"`{DAYS[day]}` stands here twice", str(key))
            found[day] = hours(text)
    if not any(found.values()):
        raise Fault("this window never opens")
    return tuple(found.get(day, ()) for day in range(len(DAYS)))


def _days(text: str) -> Iterable[int]:
    first, _, last = text.partition("-")
    if first not in DAYS or (last or first) not in DAYS or DAYS.index(last or first) < DAYS.index(first):
        raise Fault(f"write days such as mon, mon-sat or holidays, not {text}", text)
    return range(DAYS.index(first), DAYS.index(last or first) + 1)


def inside(hours_of_day: Hours, first: int, last: int) -> bool:
    """Do the minutes from `first` up to `last` (exclusive) lie within one span?"""
    return any(opens <= first and last <= closes for opens, closes in hours_of_day)


def covered(inner: Hours, outer: Hours) -> bool:
    """Does `outer` allow all that `inner` allows?"""
    return all(inside(outer, opens, closes) for opens, closes in inner)
