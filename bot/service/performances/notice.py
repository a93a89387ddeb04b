"""What a customer's answer to the visit notice does."""

from typing import TYPE_CHECKING

from bot.service.conversations.turns import note
from bot.service.desk.queue.alerts import alert, settle_itself
from bot.service.field.no_show import expect_team
from bot.service.outbound.invitation import send_calendar
from bot.service.performances.done import Done
from bot.store import visits
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk
    from bot.service.conversations.turns import Scene

ANNOUNCED = ("approved", "noticed", "confirmed")


async def confirm_visit(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The customer wants the visit as announced; a calendar file goes out with the thanks."""
    visit = await talk.batch.visit(scene.conversation.visit_id or 0)
    confirmed = visit.starts_at > talk.batch.now and await visits.move_status(
        talk.batch.tx, visit.id, ANNOUNCED, "confirmed", confirmed_at=talk.batch.now
    )
    talk.batch.stale(visit_id=visit.id)
    if not confirmed:
        return Done("gone")
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
