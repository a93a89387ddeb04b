"""The light of a visit for those who watch over its team: green, amber when it should be over, red when it is late."""

from datetime import datetime, timedelta
from enum import StrEnum


class Light(StrEnum):
    """Amber: the team is asked whether all is well. Red: somebody looks for them."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


def light(expected_end: datetime, red_after: timedelta | None, now: datetime) -> Light:
    """Return the light of a visit whose team is there now; `red_after` None: it never turns red."""
    if now < expected_end:
        return Light.GREEN
    return Light.AMBER if red_after is None or now < expected_end + red_after else Light.RED


def extended(expected_end: datetime, by: timedelta, now: datetime) -> datetime:
    """Return the new expected end when a team takes more time: from the old one, or from now where that is over."""
    return max(expected_end, now) + by
