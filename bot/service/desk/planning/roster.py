"""The field staff as planning sees them: hours, areas, languages and days off, from their rows."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework.areas import parse_area
from bot.casework.roster import Colleague, Errand, Roster, parse_hours
from bot.casework.travel import Point
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import CaseFile
from bot.service.person import FIELD_ROLES
from bot.store import absences, people

_EARLIER = timedelta(days=2)  # a day off may not be over yet in another zone


async def roster(batch: Batch) -> Roster:
    """Return the active field staff, in the order in which they were added."""
    off: dict[int, list[tuple[date, date]]] = {}
    for row in await absences.since(batch.tx, (batch.now - _EARLIER).date()):
        off.setdefault(row.person_id, []).append((row.first_day, row.last_day))
    rows = await people.everybody(batch.tx)
    return Roster(tuple(colleague(row, off.get(row.id, ())) for row in rows if row.role in FIELD_ROLES))


def colleague(row: Any, off: Sequence[tuple[date, date]]) -> Colleague:
    """Return one of the field staff from their row of `people` and their days off."""
    return Colleague(
        id=row.id,
        role=row.role,
        zone=ZoneInfo(row.timezone),
        hours=parse_hours(row.hours) if row.hours else None,
        areas=tuple(map(parse_area, row.areas or ())),
        languages=frozenset(row.languages or ()),
        off=tuple(off),
    )


async def team_of(batch: Batch, visit: Any) -> str:
    """Return the badges of the two who go."""
    both = [await batch.person(one) for one in (visit.collector_id, visit.safety_officer_id)]
    return " + ".join(person.badge for person in both)


def errand_of(case: CaseFile) -> Errand:
    """Return what a visit to this customer asks of the two who go."""
    return Errand(str(case.personal["address"]), place_of(case), case.locale)


def place_of(case: CaseFile) -> Point | None:
    """Return where the customer lives, if the case says so in degrees."""
    latitude, longitude = case.personal.get("latitude"), case.personal.get("longitude")
    return None if latitude is None or longitude is None else Point(float(latitude), float(longitude))
