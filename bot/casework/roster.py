"""Who can be sent where and when: working hours, areas, languages, days off. What is not set limits nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.casework.areas import Area
from bot.casework.travel import Point

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
COLLECTOR, SAFETY_OFFICER = "collector", "safety_officer"

Hours = Mapping[int, tuple[time, time]]  # by weekday, Monday is 0; a day that is missing is free


class Missing(StrEnum):
    """What keeps a colleague from a visit; in the order in which it is looked at."""

    LANGUAGE = "language"
    AREA = "area"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Errand:
    """What a visit asks of the two who go: where it is, and the language of the customer (`en`, `zh_Hant` ...)."""

    address: str = ""
    place: Point | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the field staff. `hours` None: whenever visits are; `off`: first and last local days, both free.

    Empty `areas`: everywhere; empty `languages`: whatever is spoken. Days and hours are of `zone`.
    """

    id: int
    role: str
    zone: ZoneInfo
    hours: Hours | None = None
    areas: tuple[Area, ...] = ()
    languages: frozenset[str] = frozenset()
    off: tuple[tuple[date, date], ...] = ()

    def works(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Say whether this span (aware instants) lies within the hours of one day that is not off."""
        start, end = starts_at.astimezone(self.zone), ends_at.astimezone(self.zone)
        if any(first <= day <= last for first, last in self.off for day in (start.date(), end.date())):
            return False
        if self.hours is None:
            return True
        hours = self.hours.get(start.weekday())
        if hours is None or start.date() != end.date():
            return False
        return hours[0] <= start.time() and end.time() <= hours[1]

    def fits(self, errand: Errand) -> Missing | None:
        """Say what of the errand this colleague lacks. Only who talks must speak the customer's language."""
        talks = self.role == COLLECTOR
        if talks and self.languages and errand.language and errand.language not in self.languages:
            return Missing.LANGUAGE
        if self.areas and not any(area.holds(errand.address, errand.place) for area in self.areas):
            return Missing.AREA
        return None


@dataclass(frozen=True, slots=True)
class Roster:
    """The field staff in the order of preference."""

    colleagues: tuple[Colleague, ...] = ()

    def of(self, role: str) -> Sequence[Colleague]:
        """Return the colleagues of a role."""
        return [one for one in self.colleagues if one.role == role]

    def for_errand(self, errand: Errand) -> "Roster":
        """Return those who have what the errand asks for, whether or not they work at any time."""
        return Roster(tuple(one for one in self.colleagues if one.fits(errand) is None))


def parse_hours(text: str) -> Hours:
    """Read `mon-fri 09:00-18:00, sat 10:00-14:00`. Raises ValueError with what would be right."""
    hours: dict[int, tuple[time, time]] = {}
    for part in filter(None, (part.strip() for part in text.lower().split(","))):
        days, _, span = part.partition(" ")
        opens, _, closes = span.strip().partition("-")
        try:
            between = time.fromisoformat(opens), time.fromisoformat(closes)
            places = _days(days)
        except ValueError:
            raise ValueError("write hours as: mon-fri 09:00-18:00, sat 10:00-14:00") from None
        if between[0] >= between[1]:
            raise ValueError("hours end after they begin, on the same day")
        hours |= dict.fromkeys(places, between)
    if not hours:
        raise ValueError("write hours as: mon-fri 09:00-18:00, sat 10:00-14:00")
    return hours


def _days(text: str) -> Iterable[int]:
    first, _, last = text.partition("-")
    begin, end = DAYS.index(first), DAYS.index(last or first)
    if begin > end:
        raise ValueError("days run from Monday to Sunday")
    return range(begin, end + 1)


def write_hours(hours: Hours) -> str:
    """Write hours as `parse_hours` reads them, equal days in a row together."""
    runs: list[tuple[int, int, tuple[time, time]]] = []
    for day in sorted(hours):
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == hours[day]:
            runs[-1] = (runs[-1][0], day, hours[day])
        else:
            runs.append((day, day, hours[day]))
    return ", ".join(_run(*run) for run in runs)


def _run(first: int, last: int, span: tuple[time, time]) -> str:
    days = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
    return f"{days} {span[0]:%H:%M}-{span[1]:%H:%M}"
