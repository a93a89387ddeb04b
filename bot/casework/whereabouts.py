"""What speaks for and against a place that a phone told: signals for a person to weigh, never a verdict."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import isfinite

from bot.casework.travel import Point, distance_km

METRES = 1000.0  # in a kilometre
NEAR = 300.0  # m that an address on the map may lie beside its door
COARSE = 100.0  # m of uncertainty above which a place does not tell one house from the next
UNTOLD = 100.0  # m that are allowed for where a phone did not tell how sure it is
FASTEST = 200.0  # km/h along the straight line: no field staff travel faster between two visits
SECOND = 1 / 3600  # hours; two places of the same instant are compared as if a second lay between them


class Signal(StrEnum):
    """Each is a fact about how a place came, and most have harmless reasons."""

    FAR = "far"  # farther from the address than NEAR and the uncertainty together
    COARSE = "coarse"
    UNTOLD = "untold"  # the phone did not tell how sure it is
    NOT_LIVE = "not_live"  # a single pin, which can be set by hand on the map
    FORWARDED = "forwarded"
    VENUE = "venue"  # chosen from a list of places nearby
    EDITED = "edited"  # an earlier message was changed: a live location that moved on
    TOO_FAST = "too_fast"  # nobody gets here from the place before in that time


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a phone said it was at an instant (aware UTC); `accuracy` is the radius of uncertainty in metres."""

    at: datetime
    point: Point
    accuracy: float | None = None
    live: bool = False
    forwarded: bool = False
    venue: bool = False
    edited: bool = False

    @property
    def is_own(self) -> bool:
        """Is it where the phone itself was, and not a place from elsewhere?"""
        return not (self.forwarded or self.venue)

    @property
    def radius(self) -> float:
        """Return the uncertainty in metres, assumed where the phone told none that makes sense."""
        told = self.accuracy
        return UNTOLD if told is None or not isfinite(told) or told < 0 else told


@dataclass(frozen=True, slots=True)
class Reading:
    """The signals of a place, in the order of `Signal`; `distance` to the address in m, `speed` in km/h, if known."""

    signals: tuple[Signal, ...]
    distance: int | None = None
    speed: int | None = None


def read_place(fix: Fix, address: Point | None, earlier: Fix | None) -> Reading:
    """Read a place against the address of the visit and the own place that the same phone told before.

    A place from elsewhere tells nothing of the phone's way, so it has no speed.
    """
    distance = None if address is None else distance_km(fix.point, address) * METRES
    speed = _speed(earlier, fix) if earlier is not None and fix.is_own and earlier.is_own else None
    shown = {
        Signal.FAR: distance is not None and distance > NEAR + fix.radius,
        Signal.COARSE: fix.radius > COARSE,
        Signal.UNTOLD: fix.accuracy is None,
        Signal.NOT_LIVE: not fix.live,
        Signal.FORWARDED: fix.forwarded,
        Signal.VENUE: fix.venue,
        Signal.EDITED: fix.edited,
        Signal.TOO_FAST: speed is not None and speed > FASTEST,
    }
    return Reading(tuple(one for one in Signal if shown[one]), _whole(distance), _whole(speed))


def _speed(one: Fix, other: Fix) -> float:
    """Return the least speed in km/h that leads from one place to the other, their uncertainties in its favour."""
    apart = distance_km(one.point, other.point) - (one.radius + other.radius) / METRES
    hours = abs((other.at - one.at).total_seconds()) / 3600
    return max(0.0, apart) / max(hours, SECOND)


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)
