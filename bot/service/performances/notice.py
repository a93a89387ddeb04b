"""What a customer's answer to the visit notice does."""

from typing import TYPE_CHECKING

from bot.service.conversations.scene import note
from bot.service.customer.stop import cancel_visits
from bot.service.desk.queue.alerts import alert, settle_itself
from bot.service.field.no_show import expect_team
from bot.service.outbound.gate import judge_announced
from bot.service.outbound.invitation import send_calendar
from bot.service.outbound.receipts import keep
from bot.service.performances.done import Done
from bot.store import visits
from flows.engine import Perform
from flows.rules import Outcome

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk

ANNOUNCED = ("approved", "noticed", "confirmed")


async def confirm_visit(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The customer wants the visit as announced; a calendar file goes out with the thanks.

    It is judged again: what has come in its way since it was announced calls it off, and a person hears of it.
    """
    batch = talk.batch
    visit = await batch.visit(scene.conversation.visit_id or 0)
    if visit.status not in ANNOUNCED or visit.starts_at <= batch.now:
        return Done("gone")
    case = await batch.case(visit.case_id)
    verdict = await judge_announced(batch, case, visit)
    about = {"case_id": case.id, "visit_id": visit.id}
    receipt_id = keep(scene.changes, verdict, **about, session_id=scene.conversation.id)
    if verdict.outcome is not Outcome.ALLOWED:
        await cancel_visits(batch, talk.changes, case.id, "not_lawful")
        await alert(batch, talk.changes, "visit_not_lawful", **about, receipt_id=receipt_id)
        return Done("not_lawful")
    await visits.move_status(batch.tx, visit.id, ANNOUNCED, "confirmed", confirmed_at=batch.now)
    batch.stale(visit_id=visit.id)
    note(scene, "visit.confirmed", sequence=visit.sequence)
    await settle_itself(talk.batch, talk.changes, visit.case_id, "no_answer")
    await expect_team(talk.batch, visit)
    await send_calendar(scene)
    return Done("done")


async def no_answer_to_notice(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Silence is not consent: a person takes over, the visit stays unconfirmed."""
    conversation = scene.conversation
    await alert(
        talk.batch,
        talk.changes,
        "no_answer",
        case_id=conversation.case_id or 0,
        visit_id=conversation.visit_id,
    )
    return Done("done")
