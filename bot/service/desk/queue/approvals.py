"""Plans that wait for the desk's word: one scheduler, or two different ones, say yes or no."""

from typing import TYPE_CHECKING, Any

from bot.service.desk.queue.alerts import alert
from bot.service.desk.queue.chat import changed, mine_or_free
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import NO_LONGER_OPEN
from bot.service.solutions import agreement as agreed
from bot.service.solutions import texts
from bot.service.solutions.showing import show_plan, tell_refused
from bot.store import agreements, alerts

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

SIGNATURE = "plan_signature"
NOTICES = {
    "first": texts.FIRST_OF_TWO,
    "same": texts.ANOTHER_PERSON,
    "gone": NO_LONGER_OPEN,
    "granted": texts.GRANTED,
}


async def grant(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Agree to a plan; the second of two must be somebody else. Then it goes to the customer's chat."""
    row, notice = await mine_or_free(talk, tap, reference.subject_id)
    if row is None or talk.staff is None:
        return notice
    plan_id = row.subject_id or 0
    done = await agreed.grant(talk.batch, plan_id, talk.actor)
    if done == "same":
        return talk.plain(NOTICES[done])
    await alerts.settle(talk.batch.tx, row.id, talk.staff.id, None, talk.batch.now)
    await changed(talk, tap, row, f"plan.{done}")
    plan = await agreements.by_id(talk.batch.tx, plan_id)
    if done == "first":
        common = {"case_id": row.case_id, "visit_id": row.visit_id, "subject_id": plan_id}
        await alert(talk.batch, talk.changes, "plan_second", **common)
    elif done == "granted" and not await show_plan(talk, plan, unasked=True):
        return talk.plain(texts.NO_CHAT)
    return talk.plain(NOTICES[done])


async def signed(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Record that the customer signed the paper of a plan: their hand stands for the tap in a chat.

    Two different people must have seen it, since nobody but the lender's own says so.
    """
    row, notice = await mine_or_free(talk, tap, reference.subject_id)
    if row is None or talk.staff is None:
        return notice
    if row.kind != SIGNATURE:
        return await _first_to_see(talk, tap, row, talk.staff.id)
    if row.person_id == talk.staff.id:
        return talk.plain(texts.ANOTHER_PERSON)
    done = await agreed.accept(talk.batch, talk.changes, row.subject_id or 0, keep=None)
    await alerts.settle(talk.batch.tx, row.id, talk.staff.id, None, talk.batch.now)
    await changed(talk, tap, row, f"plan.{done}")
    return talk.plain(texts.SIGNED_KEPT if done == "accepted" else NO_LONGER_OPEN)


async def _first_to_see(talk: "Talk", tap: Tap, row: Any, person_id: int) -> str:
    await alerts.settle(talk.batch.tx, row.id, person_id, None, talk.batch.now)
    await changed(talk, tap, row, "plan.signature_seen")
    about = {"case_id": row.case_id, "visit_id": row.visit_id, "subject_id": row.subject_id}
    await alert(talk.batch, talk.changes, SIGNATURE, person_id=person_id, **about)
    return talk.plain(texts.FIRST_OF_TWO)


async def refuse(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Do not agree to a plan: it is closed, and the customer is told kindly."""
    row, notice = await mine_or_free(talk, tap, reference.subject_id)
    if row is None or talk.staff is None:
        return notice
    refused = await agreed.refuse(talk.batch, row.subject_id or 0)
    await alerts.settle(talk.batch.tx, row.id, talk.staff.id, None, talk.batch.now)
    await changed(talk, tap, row, "plan.refused")
    if not refused:
        return talk.plain(NO_LONGER_OPEN)
    await tell_refused(talk, await agreements.by_id(talk.batch.tx, row.subject_id or 0))
    return talk.plain(texts.REFUSED)
