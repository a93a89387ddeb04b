"""The teams' calendars: to each of the two in their chat whenever a visit of theirs changes, and as files for a folder.

Case references and badges, no names, masked streets: calendars are shared.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.casework.masking import mask_address
from bot.documents.calendar import Appointment, team_calendar, visit_calendar
from bot.i18n import formats
from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.desk.colleagues import locale_of_person
from bot.service.desk.planning.roster import team_of
from bot.service.desk.planning.texts import ICS_CAPTION, ICS_SUMMARY
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel, to_staff
from bot.service.person import Person
from bot.store import visits
from flows.rules import Purpose
from flows.script import Text

FILE_NAME = "visits.ics"


async def send_calendars(batch: Batch, changes: Changes, approved: Sequence[Any]) -> None:
    """Send each of the field staff in these visits, who has a chat, a calendar of theirs."""
    for person_id in sorted({one for visit in approved for one in both_of(visit)}):
        person = await batch.person(person_id)
        if person.chat_id is None:
            continue
        locale = await locale_of_person(batch, person)
        mine = [visit for visit in approved if person_id in both_of(visit)]
        summary = _plain(batch, locale, ICS_SUMMARY)
        content = team_calendar([await _appointment(batch, one, summary) for one in mine], at=batch.now)
        _send(batch, changes, person.chat_id, content, _plain(batch, locale, ICS_CAPTION))


async def tell_team(
    batch: Batch,
    changes: Changes,
    visit: Any,
    people: Iterable[int],
    why: Text,
    *,
    called_off: bool = False,
    about: Person | None = None,
) -> None:
    """Tell these of the field staff what became of a visit, with its entry anew, or taken out where `called_off`.

    `visit` is the row as its entry shall say it; `about` is the colleague whom `why` names.
    """
    case = await batch.case(visit.case_id)
    for person_id in people:
        person = await batch.person(person_id)
        if person.chat_id is None:
            continue
        locale = await locale_of_person(batch, person)
        words = _plain(batch, locale, why).format(
            case_ref=case.case_ref,
            day=formats.day(locale, case.timezone, visit.starts_at),
            time=formats.span(locale, case.timezone, visit.starts_at, visit.ends_at),
            name=about.name if about is not None else "",
        )
        entry = await _appointment(batch, visit, _plain(batch, locale, ICS_SUMMARY))
        content = visit_calendar(entry, at=batch.now, cancelled=called_off)
        _send(batch, changes, person.chat_id, content, words)


def both_of(visit: Any) -> tuple[int, int]:
    """Return the two who go."""
    return visit.collector_id, visit.safety_officer_id


async def calendars(batch: Batch) -> dict[str, bytes]:
    """Return a calendar for each team of live visits, by the badges of its two."""
    by_team: dict[str, list[Any]] = {}
    for visit in await visits.all_rows(batch.tx):
        if visit.status in visits.LIVE:
            by_team.setdefault(await team_of(batch, visit), []).append(visit)
    return {
        team: team_calendar([await _appointment(batch, one, ICS_SUMMARY.msgid) for one in mine], at=batch.now)
        for team, mine in by_team.items()
    }


async def _appointment(batch: Batch, visit: Any, summary: str) -> Appointment:
    """Return the entry of a visit. Whatever changes it comes later, so the seconds since it was planned number it."""
    case = await batch.case(visit.case_id)
    return Appointment(
        uid=f"visit-{visit.id}@doorstep",
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        zone=case.timezone,
        summary=summary.format(case_ref=case.case_ref),
        sequence=max(0, int((batch.now - visit.created_at).total_seconds())),
        description=await team_of(batch, visit),
        location=mask_address(str(case.personal["address"])),
    )


def _send(batch: Batch, changes: Changes, chat_id: int, content: bytes, caption: str) -> None:
    call = batch.inst.calls.document(chat_id, FILE_NAME, content, batch.inst.calls.escape(caption))
    to_staff(batch, changes, Parcel(call, f"c{new_id()}", chat_id, Lane.REPLIES, Purpose.REPLY))


def _plain(batch: Batch, locale: str, text: Text) -> str:
    return batch.inst.catalogues.text(locale, text.context, text.msgid)
