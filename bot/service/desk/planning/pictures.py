"""The plan as pictures for one reader: what is shown of each visit, in their language."""

import asyncio
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework.masking import mask_address
from bot.documents.plan_entries import Entry, Standing, Wording
from bot.i18n import formats
from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.desk.planning.roster import place_of, team_of
from bot.service.desk.planning.texts import NO_PLACE, STANDINGS, WEEK_HEADING
from bot.store import visits

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Pictures:
    """Both as PNG, with the heading as plain text. `goes_on`: there are visits after this week."""

    week: bytes
    map: bytes
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Sketch:
    """What will be drawn, gathered from the rows; drawing needs no database."""

    entries: Sequence[Entry]
    words: Wording
    goes_on: bool

    async def draw(self) -> Pictures:
        """Draw both, beside the running bot."""
        return await asyncio.to_thread(self._draw)

    def _draw(self) -> Pictures:
        from bot.documents.plan_pictures import map_picture, week_picture  # noqa: PLC0415 - see `_solve`

        week, over_view = (draw(self.entries, self.words) for draw in (week_picture, map_picture))
        return Pictures(week, over_view, self.goes_on)


async def sketch(talk: Talk, proposals: Sequence[Any], conflicts: Container[int]) -> Sketch | None:
    """Gather the week that begins on the day of the first proposal, fixed visits included; None without proposals."""
    if not proposals:
        return None
    batch = talk.batch
    first = await _morning(batch, min(proposals, key=lambda visit: visit.starts_at))
    fixed = await visits.live_between(batch.tx, first, first + WEEK)
    everything = sorted([*proposals, *fixed], key=lambda visit: (visit.starts_at, visit.id))
    shown = [visit for visit in everything if visit.starts_at < first + WEEK]
    await batch.load_cases({visit.case_id for visit in shown})
    entries = [await _entry(talk, visit, conflicts) for visit in shown]
    unknown = sum(one.latitude is None for one in entries)
    words = Wording(
        locale=talk.locale,
        heading=_heading(talk, [one.starts_at for one in entries]),
        standings={standing: talk.plain(text) for standing, text in STANDINGS.items()},
        unknown_places=talk.plain(NO_PLACE).format(count=unknown) if unknown else "",
    )
    return Sketch(entries, words, len(shown) < len(everything))


async def _morning(batch: Batch, visit: Any) -> datetime:
    """Return the midnight before a visit, by the clock of its case."""
    zone = ZoneInfo((await batch.case(visit.case_id)).timezone)
    return datetime.combine(visit.starts_at.astimezone(zone).date(), time(0), zone)


def _heading(talk: Talk, starts: Sequence[datetime]) -> str:
    first, last = (formats.date(talk.locale, one.date()) for one in (min(starts), max(starts)))
    return talk.plain(WEEK_HEADING).format(first=first, last=last)


async def _entry(talk: Talk, visit: Any, conflicts: Container[int]) -> Entry:
    case = await talk.batch.case(visit.case_id)
    zone, place = ZoneInfo(case.timezone), place_of(case)
    standing = Standing.FIXED if visit.status != "proposed" else Standing.PROPOSED
    return Entry(
        team=await team_of(talk.batch, visit),
        title=case.case_ref,
        where=mask_address(str(case.personal["address"])),
        day=formats.day(talk.locale, case.timezone, visit.starts_at),
        starts_at=visit.starts_at.astimezone(zone),
        ends_at=visit.ends_at.astimezone(zone),
        standing=Standing.CONFLICT if visit.id in conflicts else standing,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
    )
