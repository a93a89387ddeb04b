"""Raising what needs a person, telling every scheduler, and keeping what they were told true."""

from collections.abc import Collection, Sequence

from bot.errors import DisclosureRefused
from bot.ids import new_id
from bot.service.audit_line import SYSTEM, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.desk.colleagues import desk, locale_of_person
from bot.service.desk.queue.alarm import sound
from bot.service.desk.queue.card import words_of
from bot.service.desk.queue.deadline import watch_deadline
from bot.service.desk.queue.kinds import Urgency, kind_of
from bot.service.desk.queue.shown import refresh, show
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel, to_staff
from bot.store import alerts
from flows.rules import Purpose


async def alert(
    batch: Batch,
    changes: Changes,
    kind: str,
    *,
    case_id: int | None,
    visit_id: int | None = None,
    person_id: int | None = None,
    subject_id: int | None = None,
    receipt_id: int | None = None,
) -> bool:
    """Open an alert of `kind` and tell every scheduler; nothing is said twice unless somebody may be in danger.

    Return whether it is new: the same may be open already. `receipt_id` is the receipt of the rules that says why,
    where they refused something or let it wait.
    """
    row = {
        "id": new_id(),
        "kind": kind,
        "case_id": case_id,
        "visit_id": visit_id,
        "person_id": person_id,
        "subject_id": subject_id,
        "receipt_id": receipt_id,
        "opened_at": batch.now,
    }
    made = kind_of(kind)
    alert_id, fresh = await alerts.open_alert(batch.tx, row, per_subject=made.per_subject)
    if fresh and made.due is not None and case_id is not None:
        await watch_deadline(batch, alert_id, case_id, made.due)
    if made.rings:
        await sound(batch, changes, alert_id, fresh=fresh)
    elif made.told and (fresh or made.urgency is Urgency.NOW):
        lane = Lane.SAFETY if made.urgency is Urgency.NOW else Lane.REPLIES
        for person in await desk(batch):
            await show(batch, changes, person, alert_id, full=False, lane=lane)
    if made.partner and visit_id is not None:
        await _tell_partner(batch, changes, alert_id)
    return fresh


async def step_refused(batch: Batch, changes: Changes, refusal: DisclosureRefused) -> None:
    """Tell the scheduler that a step which discloses a debt was not opened."""
    await alert(
        batch,
        changes,
        "step_refused",
        case_id=refusal.case_id,
        visit_id=refusal.visit_id,
        receipt_id=refusal.receipt_id,
    )


async def settle_itself(batch: Batch, changes: Changes, case_id: int, *kinds: str) -> None:
    """Close the open alerts of these kinds about a case: their cause is gone. Whoever had one sees it."""
    await settle_of_cases(batch, changes, [case_id], kinds)


async def settle_of_cases(
    batch: Batch, changes: Changes, case_ids: Collection[int], kinds: Sequence[str]
) -> None:
    """Close the open alerts of these kinds about any of these cases, as `settle_itself` does."""
    rows = await alerts.open_of_cases(batch.tx, case_ids, kinds)
    await alerts.settle_itself(batch.tx, [row.id for row in rows], batch.now)
    for row in rows:
        changes.audit.append(
            audit_line(
                batch.now,
                SYSTEM,
                "item.settled_itself",
                About(row.case_id, row.visit_id),
                item=row.id,
                item_kind=row.kind,
            )
        )
        await refresh(batch, changes, row.id)


async def _tell_partner(batch: Batch, changes: Changes, alert_id: int) -> None:
    """Tell the colleague on the visit, in words alone: the desk acts on it, they look after each other."""
    row = await alerts.by_id(batch.tx, alert_id)
    if row is None or row.person_id is None:
        return
    visit = await batch.visit(row.visit_id)
    for member in (visit.collector_id, visit.safety_officer_id):
        person = await batch.person(member)
        if member != row.person_id and person.chat_id is not None:
            html = await words_of(batch, await locale_of_person(batch, person), row)
            call = batch.inst.calls.say(person.chat_id, html)
            parcel = Parcel(call, f"a{new_id()}", person.chat_id, Lane.SAFETY, Purpose.ALERT)
            to_staff(batch, changes, parcel)
