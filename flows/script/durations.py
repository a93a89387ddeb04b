"""Durations as ISO 8601 writes them, up to weeks: `PT24H`, `P3D`, `P1DT12H`, `P2W`."""

import re
from datetime import timedelta

SHAPE = re.compile(r"P(?:(\d+)W|(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)")
_LONGEST = timedelta(days=3660)


def duration(text: str) -> timedelta | None:
    """Return the duration that `text` writes; None when it is none, or longer than ten years."""
    match = SHAPE.fullmatch(text)
    if match is None or text == "P":
        return None
    weeks, days, hours, minutes, seconds = (min(int(part or 0), 10**9) for part in match.groups())
    found = seconds + 60 * (minutes + 60 * (hours + 24 * (days + 7 * weeks)))
    return timedelta(seconds=found) if found <= _LONGEST.total_seconds() else None
