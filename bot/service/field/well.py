"""What a team answers its watch with one tap: that all is well, that it takes more time, or SOS."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.casework.lights import extended
from bot.i18n import formats
from bot.i18n.text import T
from bot.service.audit_line import About, audit_line
from bot.service.desk.queue.patience import patience_for
from bot.service.field.day import call_for_help
from bot.service.field.watch import expected_end, late_of, more_offer, watch_team
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.colleague import tell
from bot.service.outbound.gate import may_stay
from bot.service.outbound.texts import NO_LONGER_OPEN, NOT_YOURS
from bot.store import visits
from flows.rules import Waiting

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

NOTED = T("watch/noted", "Noted: you are well. Please check out once you have left.")
EXTENDED = T("watch/extended", "More time is taken: the visit should now be over at {time}.")
MOVED = T("watch/moved", "More time has been taken already: the visit should now be over at {time}.")
NO_LONGER_LAWFUL = T(
    "watch/not_lawful",
    "No more time: a visit may not last longer at this hour. Please say goodbye, and check out.",
)


async def well(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Somebody of the team is well: noted for the board. The watch goes on until both have checked out."""
    visit = await _own(talk, reference)
    if visit is None or talk.staff is None or talk.staff.id not in late_of(visit):
        return talk.plain(NO_LONGER_OPEN)
    side = "collector" if visit.collector_id == talk.staff.id else "safety_officer"
    await visits.change(talk.batch.tx, visit.id, {f"{side}_well_at": talk.batch.now})
    talk.batch.stale(visit_id=visit.id)
    _log(talk, visit, "visit.well")
    offers = await more_offer(talk.batch, visit)
    edit = tap.origin.message_id
    await tell(talk.batch, talk.changes, talk.staff, NOTED, offers=offers, edit=edit)
    return ""


async def more(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Take more time, within the hours of visits; the colleague is told quietly, the watch begins anew."""
    visit = await _own(talk, reference)
    if visit is None or talk.staff is None or not late_of(visit) or not reference.extra.isdigit():
        return talk.plain(NO_LONGER_OPEN)
    batch, case = talk.batch, await talk.batch.case(visit.case_id)
    end = expected_end(visit)
    by = patience_for(batch.inst, case.jurisdiction, Waiting.EXTENSION, batch.now)
    if by is None or end != datetime.fromtimestamp(int(reference.extra), UTC):
        return talk.plain(MOVED).format(time=formats.clock(talk.locale, case.timezone, end))
    longer = extended(end, by, batch.now)
    if not await may_stay(batch, case, visit, longer):
        return talk.plain(NO_LONGER_LAWFUL)
    await _extend(talk, visit, longer, by)
    return ""


async def _extend(talk: "Talk", visit: Any, end: datetime, by: timedelta) -> None:
    batch = talk.batch
    await visits.change(batch.tx, visit.id, {"extended_to": end})
    batch.stale(visit_id=visit.id)
    visit = await batch.visit(visit.id)
    await watch_team(batch, visit)
    _log(talk, visit, "visit.extended", minutes=int(by.total_seconds() // 60))
    zone = (await batch.case(visit.case_id)).timezone
    for person_id in late_of(visit):
        person = await batch.person(person_id)
        time = formats.clock(person.locale, zone, end)
        await tell(batch, talk.changes, person, EXTENDED, quiet=True, time=time)


async def sos_tapped(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Call for help from the question whether all is well."""
    visit = await _own(talk, reference)
    if visit is None:
        return talk.plain(NOT_YOURS)
    await call_for_help(talk, visit)
    return ""


async def _own(talk: "Talk", reference: ActionTap) -> Any | None:
    """Return the visit if this person is one of its team."""
    found = await visits.by_ids(talk.batch.tx, [reference.subject_id])
    person = talk.staff.id if talk.staff is not None else 0
    return next((one for one in found if person in (one.collector_id, one.safety_officer_id)), None)


def _log(talk: "Talk", visit: Any, kind: str, **data: object) -> None:
    talk.changes.audit.append(
        audit_line(talk.batch.now, talk.actor, kind, About(visit.case_id, visit.id), **data)
    )
