"""What nobody taps: links that stay closed, promises that no payment kept, teams that do not check out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.i18n.text import T
from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.desk.colleagues import desk, locale_of_person
from bot.service.desk.queue.alerts import alert, settle_itself
from bot.service.installation import Installation
from bot.service.outbound.gate import packs_of
from bot.service.outbound.outgoing import Call, Lane, Outgoing
from bot.service.outbound.post import Parcel, to_staff
from bot.service.person import Person
from bot.store import alerts, cases, promises, timers
from flows.rules import Purpose, Waiting, patience
from flows.script import Text

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

LIMIT = 200  # items of a kind that one look raises
LOOK_EVERY = timedelta(hours=1)
ASK_AGAIN = timedelta(minutes=15)  # while nobody has taken the item of an overdue team
GIVE_UP = timedelta(hours=2)
WITH_A_PERSON = (
    "paid_claim",
    "hardship",
    "dispute",
    "representative",
)  # somebody looks at the payment already

DIGEST = T("queue/digest", "New in the queue: {count}. /queue shows them.")
OVERDUE = T(
    "visit/overdue",
    "You have not checked out of the visit yet. If all is well, please check out now. In danger, call the emergency "
    "number first, then tap SOS. Your scheduler has been told.",
)


@dataclass(slots=True)
class Looked:
    """What a look came to: how many items are new, whether more wait to be raised, what the sender can take."""

    raised: int = 0
    again: bool = False
    outgoing: list[Outgoing] = field(default_factory=list)


async def look(inst: Installation, *, hands_over: bool = False) -> Looked:
    """Raise an item for each link and promise that has waited too long, and tell the desk how many there are."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now(), hands_over)
        await batch.load([])
        found = [len(await _closed_links(batch)), len(await _broken_promises(batch))]
        looked = Looked(sum(found), again=LIMIT in found)
        if looked.raised:
            for person in await desk(batch):
                await _say(batch, person, DIGEST, lane=Lane.BULK, count=looked.raised)
        await batch.changes.write(tx)
        looked.outgoing = batch.changes.queued
    return looked


async def _closed_links(batch: Batch) -> list[int]:
    """Raise the cases whose link was sent long ago and not opened; again only after as long once more."""
    raised: list[int] = []
    for jurisdiction in batch.inst.library.packs:
        after = patience_for(batch.inst, jurisdiction, Waiting.LINK, batch.now)
        if after is not None:
            limit = LIMIT - len(raised)
            rows = await cases.unopened(batch.tx, jurisdiction, batch.now - after, "link_unopened", limit)
            for row in rows:
                await alert(batch, batch.changes, "link_unopened", case_id=row.id)
            raised += [row.id for row in rows]
    return raised


async def _broken_promises(batch: Batch) -> list[int]:
    """Close promises that no payment kept as broken; a person looks unless one already does."""
    raised: list[int] = []
    for row in await promises.past(batch.tx, batch.now.date(), WITH_A_PERSON, batch.now, LIMIT):
        case = await batch.case(row.case_id)
        grace = patience_for(batch.inst, case.jurisdiction, Waiting.PROMISE, batch.now)
        today = batch.now.astimezone(ZoneInfo(case.timezone)).date()
        if grace is None or today - row.due_on <= grace:
            continue
        await promises.close(batch.tx, row.id, "broken", batch.now)
        line = {"at": batch.now, "actor": "system", "kind": "promise.broken", "case_id": case.id}
        batch.changes.audit.append({**line, "visit_id": row.visit_id, "data": {}})
        if not await alerts.open_of_case(batch.tx, case.id, ["promise_unanswered"]):
            await alert(batch, batch.changes, "promise_broken", case_id=case.id)
            raised.append(case.id)
    return raised


def patience_for(inst: Installation, jurisdiction: str, waiting: Waiting, now: datetime) -> timedelta | None:
    """Return how long this may wait where the case is, by the lender's own policy too."""
    return patience(packs_of(inst, jurisdiction), waiting, now.date())


async def watch_team(batch: Batch, visit: Any) -> None:
    """Set the timer that looks whether the team has checked out; once for a visit."""
    case = await batch.case(visit.case_id)
    after = patience_for(batch.inst, case.jurisdiction, Waiting.CHECK_OUT, batch.now)
    if after is None:
        return
    await timers.cancel_subject(batch.tx, "check_out", visit.id)
    row = {"id": new_id(), "kind": "check_out", "subject_id": visit.id, "key": "check_out", "turn": 0}
    await timers.put(batch.tx, [row | {"due_at": visit.ends_at + after, "status": "waiting"}])


async def team_overdue(batch: Batch, row: Any) -> bool:
    """Whoever checked in and not out is asked, the colleague and every scheduler are told, until one takes it."""
    visit = await batch.visit(row.subject_id)
    late = late_of(visit)
    if not late:
        return True
    await batch.load([])
    await alert(
        batch,
        batch.changes,
        "not_checked_out",
        case_id=visit.case_id,
        visit_id=visit.id,
        person_id=late[0] if len(late) == 1 else None,
    )
    for person_id in late:
        await _say(batch, await batch.person(person_id), OVERDUE, lane=Lane.SAFETY)
    items = await alerts.open_of_case(batch.tx, visit.case_id, ["not_checked_out"])
    if any(item.taken_by is not None for item in items) or batch.now > visit.ends_at + GIVE_UP:
        return True
    await timers.postpone(batch.tx, row.id, batch.now + ASK_AGAIN)
    return False


def late_of(visit: Any) -> list[int]:
    """Return who of the team checked in and has not checked out."""
    sides = (
        (visit.collector_id, visit.collector_in_at, visit.collector_out_at),
        (visit.safety_officer_id, visit.safety_officer_in_at, visit.safety_officer_out_at),
    )
    return [person for person, came, left in sides if came is not None and left is None]


async def team_is_back(talk: "Talk", visit: Any) -> None:
    """When everybody has checked out, nobody need be looked for."""
    if not late_of(visit):
        await timers.cancel_subject(talk.batch.tx, "check_out", visit.id)
        await settle_itself(talk.batch, talk.changes, visit.case_id, "not_checked_out")


async def _say(batch: Batch, person: Person, text: Text, *, lane: Lane, **values: object) -> None:
    if person.chat_id is None:
        return
    locale = await locale_of_person(batch, person)
    words = batch.inst.catalogues.text(locale, text.context, text.msgid).format_map(values)
    call: Call = batch.inst.calls.say(person.chat_id, batch.inst.calls.escape(words))
    to_staff(batch, batch.changes, Parcel(call, f"w{new_id()}", person.chat_id, lane, Purpose.ALERT))
