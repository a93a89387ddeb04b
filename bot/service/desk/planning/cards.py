"""Each proposal of the plan on a card: approve it, move it, leave it out. Its buttons carry its place in the plan."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.casework.bookings import Bookings
from bot.casework.masking import mask_address
from bot.casework.slots import Offer, Slot, free_slots
from bot.i18n import formats
from bot.service.conversations.batch import Batch
from bot.service.customer.availability import HORIZON, bookings_from_now, judge_for, policy_of, taken_by
from bot.service.desk.planning.chat import why_text
from bot.service.desk.planning.plan import approve, checked, fixed_at
from bot.service.desk.planning.roster import errand_of, place_of, roster, team_of
from bot.service.desk.planning.team_calendar import send_calendars
from bot.service.desk.planning.texts import (
    AFTER,
    ALL_SEEN,
    APPROVE,
    BACK_TO_VISIT,
    BEFORE,
    BRIEF,
    CARD,
    LEAVE_OUT,
    NO_OTHER_TIME,
    OTHER_TIME,
    TAKEN_MEANWHILE,
    WHEN,
    WHICH_TIME,
    WHY_NOT,
)
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import APPROVED, NO_LONGER_OPEN
from bot.store import visits

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk
    from bot.service.outbound.ports import Button

TIMES = 8  # other times on offer
TIMES_OF_A_DAY = 2


async def approve_tapped(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Approve every proposal that still holds, or the one on the card; the rest stays proposed."""
    only = {reference.subject_id} if reference.subject_id else None
    approved = await approve(talk.batch, only)
    await send_calendars(talk.batch, talk.changes, approved)
    if only:
        if not approved:
            return talk.plain(NO_LONGER_OPEN)
        await show_card(talk, tap, _index(reference))
        return ""
    if tap.origin.message_id is not None:
        await talk.reply(talk.batch.inst.calls.close(talk.chat_id, tap.origin.message_id))
    await talk.say(APPROVED, count=len(approved))
    return ""


async def pick_tapped(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Show the proposal at this place of the plan on a card."""
    await show_card(talk, tap, reference.subject_id)
    return ""


async def leave_tapped(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Leave a proposal out; the next plan will propose the case again."""
    await visits.drop_proposed(talk.batch.tx, reference.subject_id)
    await show_card(talk, tap, _index(reference))
    return ""


async def other_tapped(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Offer other free and lawful times for a proposal."""
    visit = await _proposal(talk, reference.subject_id)
    if visit is None:
        return talk.plain(NO_LONGER_OPEN)
    slots = await _other_slots(talk.batch, visit)
    if not slots:
        return talk.plain(NO_OTHER_TIME)
    case = await talk.batch.case(visit.case_id)
    rows: list[list[Button]] = [
        [
            (
                _when(talk, case.timezone, one.starts_at, one.ends_at),
                f"retime:{visit.id}:{int(one.starts_at.timestamp())}",
            )
        ]
        for one in slots
    ]
    rows.append([(talk.plain(BACK_TO_VISIT), f"pick:{_index(reference)}")])
    html = talk.text(WHICH_TIME, case_ref=case.case_ref)
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, html, rows, tap.origin.message_id))
    return ""


async def retime_tapped(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Move a proposal to the chosen time, if it is still free and lawful; nobody has been told of it yet."""
    visit = await _proposal(talk, reference.subject_id)
    if visit is None or not reference.extra.isdigit():
        return talk.plain(NO_LONGER_OPEN)
    starts_at = datetime.fromtimestamp(int(reference.extra), visit.starts_at.tzinfo)
    slots = await _other_slots(talk.batch, visit, starts_at)
    if not slots:
        return talk.plain(TAKEN_MEANWHILE)
    changed = {
        name: getattr(slots[0], name)
        for name in ("starts_at", "ends_at", "collector_id", "safety_officer_id")
    }
    await visits.change(talk.batch.tx, visit.id, changed)
    ids = [one.id for one in await visits.by_status(talk.batch.tx, "proposed")]
    await show_card(talk, tap, ids.index(visit.id))
    return ""


async def show_card(talk: "Talk", tap: Tap, index: int) -> None:
    """Put the card of a proposal in place of the tapped message; past the end the first one is next."""
    found = await checked(talk.batch)
    calls, edit = talk.batch.inst.calls, tap.origin.message_id
    if not found:
        await talk.reply(calls.menu(talk.chat_id, talk.text(ALL_SEEN), [], edit))
        return
    place = index % len(found)
    visit, why, verdict = found[place]
    case = await talk.batch.case(visit.case_id)
    html = talk.text(
        CARD,
        number=place + 1,
        count=len(found),
        case_ref=case.case_ref,
        when=_when(talk, case.timezone, visit.starts_at, visit.ends_at),
        where=mask_address(str(case.personal["address"])),
        team=await team_of(talk.batch, visit),
    )
    if why is not None:
        html += f"\n⚠️ {talk.text(WHY_NOT, why=why_text(talk, case, why, str(verdict.bound)))}"
    mine = f"{visit.id}:{place}"
    rows: list[list[Button]] = [
        [(talk.plain(APPROVE), f"approve:{mine}")] * (why is None),
        [(talk.plain(OTHER_TIME), f"other:{mine}"), (talk.plain(LEAVE_OUT), f"leave:{mine}")],
        [(talk.plain(BRIEF), f"brief:{visit.id}")],
        [
            (talk.plain(text), f"pick:{(place + step) % len(found)}")
            for text, step in ((BEFORE, -1), (AFTER, 1))
        ]
        * (len(found) > 1),
    ]
    await talk.reply(calls.menu(talk.chat_id, html, [row for row in rows if row], edit))


def _index(reference: ActionTap) -> int:
    return int(reference.extra) if reference.extra.isdigit() else 0


def _when(talk: "Talk", zone: str, starts_at: datetime, ends_at: datetime) -> str:
    day, time = (
        formats.day(talk.locale, zone, starts_at),
        formats.span(talk.locale, zone, starts_at, ends_at),
    )
    return talk.plain(WHEN).format(day=day, time=time)


async def _proposal(talk: "Talk", visit_id: int) -> Any | None:
    rows = await visits.by_ids(talk.batch.tx, [visit_id])
    return next((row for row in rows if row.status == "proposed"), None)


async def _other_slots(batch: Batch, visit: Any, at: datetime | None = None) -> list[Slot]:
    """Return free lawful slots beside all other visits and proposals: the one at `at`, or the next ones."""
    case = await batch.case(visit.case_id)
    zone = ZoneInfo(case.timezone)
    offer = Offer(zone, errand_of(case), await judge_for(batch, case, await fixed_at(batch, case)))
    first = (at or batch.now).astimezone(zone).date()
    days = [first + timedelta(days=offset) for offset in range(1 if at else HORIZON)]
    bookings = await _beside(batch, visit)
    found = free_slots(days, offer, policy_of(batch.inst), bookings, await roster(batch))
    others = [slot for slot in found if slot.starts_at != visit.starts_at and at in (None, slot.starts_at)]
    spread = [
        slot
        for _, of_day in groupby(others, key=lambda slot: slot.starts_at.astimezone(zone).date())
        for slot in _spread(list(of_day))
    ]
    return spread[:TIMES]


def _spread(slots: Sequence[Slot]) -> Sequence[Slot]:
    """Return a few of a day's slots, from its beginning and its middle."""
    return slots[:: max(1, -(-len(slots) // TIMES_OF_A_DAY))]


async def _beside(batch: Batch, visit: Any) -> Bookings:
    bookings = await bookings_from_now(batch)
    for other in await visits.by_status(batch.tx, "proposed"):
        if other.id != visit.id:
            for taken in taken_by(other, place_of(await batch.case(other.case_id))):
                bookings.add(taken)
    return bookings
