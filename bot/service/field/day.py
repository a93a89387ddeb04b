"""The field staff's day: today's visits, opening one, and help from anywhere."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.i18n import formats
from bot.service.desk.planning.texts import BRIEF
from bot.service.desk.queue.alerts import alert
from bot.service.field.pack_texts import PACK
from bot.service.inbound.incoming import Command
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import (
    NO_VISITS_TODAY,
    NOT_YOURS,
    OPEN_VISIT,
    SOS_NO_VISIT,
    SOS_SENT,
    STATUSES,
    TODAY,
)
from bot.store import visits
from flows.engine import InterruptRaised

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

SCRIPTS = {"collector": "onsite", "safety_officer": "safety"}


async def _of_today(talk: "Talk") -> list[Any]:
    """Return this person's visits of today, by the clock of where they work, in order."""
    person = talk.staff
    if person is None:
        return []
    local = talk.batch.now.astimezone(ZoneInfo(person.timezone))
    midnight = datetime.combine(local.date(), time(0), local.tzinfo)
    rows = await visits.of_staff_between(talk.batch.tx, person.id, midnight, midnight + timedelta(days=1))
    return list(rows)


async def today(talk: "Talk", command: Command) -> None:
    """List today's visits in order, each with its pin and a button that opens it."""
    rows = await _of_today(talk)
    if not rows:
        await talk.say(NO_VISITS_TODAY)
        return
    await talk.say(TODAY, count=len(rows))
    for row in rows:
        await _show(talk, row)


async def next_visit(talk: "Talk", command: Command) -> None:
    """Show the next visit of today that is not over."""
    rows = [row for row in await _of_today(talk) if row.status in visits.GOING_ON]
    if rows:
        await _show(talk, rows[0])
    else:
        await talk.say(NO_VISITS_TODAY)


async def _show(talk: "Talk", visit: Any) -> None:
    case = await talk.batch.case(visit.case_id)
    calls = talk.batch.inst.calls
    when = formats.span(talk.locale, case.timezone, visit.starts_at, visit.ends_at)
    status = talk.text(STATUSES[visit.status])
    html = calls.escape(f"{when} · {case.personal['address']}") + f"\n{status}"
    if visit.status not in visits.GOING_ON:
        await talk.reply(calls.say(talk.chat_id, html))
        return
    latitude, longitude = case.personal.get("latitude"), case.personal.get("longitude")
    if latitude is not None and longitude is not None:
        address = str(case.personal["address"])
        await talk.reply(calls.venue(talk.chat_id, latitude, longitude, case.case_ref, address))
    buttons = [(talk.plain(OPEN_VISIT), f"visit:{visit.id}"), (talk.plain(BRIEF), f"brief:{visit.id}")]
    await talk.reply(calls.menu(talk.chat_id, html, [buttons, [(talk.plain(PACK), f"pack:{visit.id}")]]))


async def open_visit(talk: "Talk", tap: ActionTap) -> str:
    """Open a visit of one's own: begin its script, or show where it stands."""
    person = talk.staff
    visit = await talk.batch.visit(tap.subject_id)
    if person is None or person.id not in (visit.collector_id, visit.safety_officer_id):
        return talk.plain(NOT_YOURS)
    conversation = await talk.batch.open_part(visit.id, person.id)
    if conversation is not None:
        await talk.repeat(conversation)
    else:
        await talk.begin(SCRIPTS[person.role], case_id=visit.case_id, visit_id=visit.id)
    return ""


async def sos(talk: "Talk", command: Command) -> None:
    """Call for help: from the open visit, or for the visit that is under way."""
    conversation = talk.foreground()
    if conversation is not None and conversation.visit_id is not None:
        await talk.move(conversation, InterruptRaised(talk.batch.now, "sos"))
        return
    rows = [row for row in await _of_today(talk) if row.status in visits.GOING_ON]
    if rows:
        await call_for_help(talk, rows[0])
    else:
        await talk.say(SOS_NO_VISIT)


async def call_for_help(talk: "Talk", visit: Any) -> None:
    """Raise SOS about a visit, and say that it was."""
    await talk.secure()
    await alert(
        talk.batch,
        talk.changes,
        "sos",
        case_id=visit.case_id,
        visit_id=visit.id,
        person_id=talk.staff.id if talk.staff is not None else None,
    )
    await talk.say(SOS_SENT)
