"""Where somebody works: a district by its name as addresses have it, or a circle on the map."""

import re
import unicodedata
from dataclasses import dataclass
from math import isfinite

from bot.casework.travel import Point, distance_km

_CIRCLE = re.compile(r"(-?\d+(?:\.\d+)?),\s*(-?\d+(?:\.\d+)?),\s*(\d+(?:\.\d+)?)\s*km")
_LATIN = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class District:
    """A name that stands in the addresses of an area: `SE1`, `Kowloon`, `九龍`."""

    name: str

    def holds(self, address: str, _place: Point | None) -> bool:
        """Say whether the address has this name: as a word of its own in Latin script, anywhere in Chinese."""
        name, where = _plain(self.name), _plain(address)
        if not _LATIN.search(name):
            return name in where
        return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", where) is not None


@dataclass(frozen=True, slots=True)
class Circle:
    """All that lies within `radius` km of a point."""

    centre: Point
    radius: float

    def holds(self, _address: str, place: Point | None) -> bool:
        """Say whether the place is known and inside."""
        return place is not None and distance_km(self.centre, place) <= self.radius


Area = District | Circle


def parse_area(text: str) -> Area:
    """Read `Kowloon` or `22.3193,114.1694,5 km`. Raises ValueError for an empty name or no place on earth."""
    circle = _CIRCLE.fullmatch(text.strip())
    if circle is None:
        if not text.strip():
            raise ValueError("an area has a name, or is written as 22.3193,114.1694,5 km")
        return District(" ".join(text.split()))
    latitude, longitude, radius = map(float, circle.groups())
    if abs(latitude) > 90 or abs(longitude) > 180 or not isfinite(radius):  # noqa: PLR2004 - degrees
        raise ValueError("latitude is between -90 and 90, longitude between -180 and 180")
    return Circle(Point(latitude, longitude), radius)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
