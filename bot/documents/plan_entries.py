"""What the pictures of a plan show: known without what draws them, which takes a second to load."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """How firm a visit is."""

    PROPOSED = "proposed"
    FIXED = "fixed"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Entry:
    """One visit. Times are aware and local to it; `team` and `title` and `where` are shown as they are.

    `day` is the written day; `latitude` and `longitude` in degrees where they are known.
    """

    team: str
    title: str
    where: str
    day: str
    starts_at: datetime
    ends_at: datetime
    standing: Standing
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a picture, in one language (`en`, `zh_Hans` or `zh_Hant`), translated by the caller."""

    locale: str
    heading: str
    standings: Mapping[Standing, str]
    unknown_places: str = ""  # how many visits have no place on the map; empty: none
