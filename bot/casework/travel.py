"""The way between two visits: the great circle between two points, at a steady speed, and a buffer at the door."""

from dataclasses import dataclass
from datetime import timedelta
from math import asin, cos, isfinite, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS = 6371.0088  # km, the mean radius R1 of WGS 84 (IUGG)
STEP = timedelta(minutes=1)  # ways are rounded up to whole minutes
LONGEST = timedelta(days=1)  # no gap is longer: such ways are not driven at that speed


class Point(NamedTuple):
    """A place in WGS 84 degrees."""

    latitude: float
    longitude: float


def distance_km(one: Point, other: Point) -> float:
    """Return the great-circle distance (haversine formula, R. W. Sinnott 1984), within 0.5 % of the ellipsoid's."""
    north, south = radians(one.latitude), radians(other.latitude)
    chord = sin((south - north) / 2) ** 2
    chord += cos(north) * cos(south) * sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(chord)))


@dataclass(frozen=True, slots=True)
class Travel:
    """How long people need from door to door: `buffer` for every visit, and the way at `speed` (km/h).

    Streets are longer than the great circle, so the speed is that of the straight line: 20 in a city. Raises
    ValueError for a speed that gets nowhere.
    """

    buffer: timedelta = timedelta(minutes=15)
    speed: float = 20.0

    def __post_init__(self) -> None:
        if not (isfinite(self.speed) and self.speed > 0) or not timedelta(0) <= self.buffer <= LONGEST:
            raise ValueError("the speed must be more than nothing, the buffer between nothing and a day")

    def between(self, one: Point | None, other: Point | None) -> timedelta:
        """Return the least gap between the end of one visit and the start of another; where unknown, the buffer."""
        if one is None or other is None or one == other:
            return self.buffer
        way = timedelta(hours=distance_km(one, other) / self.speed)
        return min(self.buffer - (-way // STEP) * STEP, LONGEST)
