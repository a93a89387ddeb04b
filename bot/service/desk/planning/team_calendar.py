"""The teams' calendars: to each of the two in their chat when visits are approved, and as files for a folder."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from bot.casework.masking import mask_address
from bot.documents.calendar import Appointment, team_calendar
from bot.service.conversations.batch import Batch
from bot.service.desk.planning.pictures import team_of
from bot.service.desk.planning.texts import ICS_CAPTION, ICS_SUMMARY
from bot.store import visits

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

FILE_NAME = "visits.ics"


async def send_calendars(talk: "Talk", approved: Sequence[Any]) -> None:
    """Send each of the field staff in these visits a calendar of theirs. Case references, no names, masked streets."""
    for person_id in sorted(
        {one for visit in approved for one in (visit.collector_id, visit.safety_officer_id)}
    ):
        mine = [visit for visit in approved if person_id in (visit.collector_id, visit.safety_officer_id)]
        await send_calendar_of(talk, person_id, mine)


async def send_calendar_of(talk: "Talk", person_id: int, mine: Sequence[Any]) -> None:
    """Send one of the field staff a calendar of these visits; somebody without a chat gets nothing."""
    batch = talk.batch
    person = await batch.person(person_id)
    if person.chat_id is None or not mine:
        return
    other = await talk.elsewhere(person.chat_id)
    content = team_calendar(await _appointments(batch, mine, other.plain(ICS_SUMMARY)), at=batch.now)
    await other.reply(batch.inst.calls.document(person.chat_id, FILE_NAME, content, other.text(ICS_CAPTION)))


async def calendars(batch: Batch) -> dict[str, bytes]:
    """Return a calendar for each team of live visits, by the badges of its two."""
    by_team: dict[str, list[Any]] = {}
    for visit in await visits.all_rows(batch.tx):
        if visit.status in visits.LIVE:
            by_team.setdefault(await team_of(batch, visit), []).append(visit)
    summary = ICS_SUMMARY.msgid
    return {
        team: team_calendar(await _appointments(batch, mine, summary), at=batch.now)
        for team, mine in by_team.items()
    }


async def _appointments(batch: Batch, mine: Iterable[Any], summary: str) -> list[Appointment]:
    found = []
    for visit in mine:
        case = await batch.case(visit.case_id)
        found.append(
            Appointment(
                uid=f"visit-{visit.id}@doorstep",
                starts_at=visit.starts_at,
                ends_at=visit.ends_at,
                zone=case.timezone,
                summary=summary.format(case_ref=case.case_ref),
                sequence=visit.sequence,
                location=mask_address(str(case.personal["address"])),
            )
        )
    return found
