"""The visit itself: both check in, identity, outcome, both check out, and help when it is needed."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.service.conversations.scene import note
from bot.service.customer.coming import announce_arrival, call_back
from bot.service.customer.follow_up import start_follow_up
from bot.service.desk.queue.alerts import alert
from bot.service.field.no_show import missing_of, one_came
from bot.service.field.over import expect_end
from bot.service.field.report_work import ask_for_report
from bot.service.field.stage import stage_of
from bot.service.field.summary import send_summary
from bot.service.field.watch import team_is_back, watch_team
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.texts import PAUSE
from bot.service.performances.done import Done
from bot.store import visits
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk

EARLY = timedelta(minutes=30)  # how long before the visit the team may check in


def _side(visit: Any, person_id: int | None) -> str:
    return "collector" if visit.collector_id == person_id else "safety_officer"


async def may_check_in(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Is this visit on, and is it time? Nobody is asked where they are for nothing."""
    visit = await talk.batch.visit(scene.conversation.visit_id or 0)
    if visit.status not in visits.GOING_ON or talk.batch.now >= visit.ends_at:
        return Done("closed")
    return Done("too_early" if talk.batch.now < visit.starts_at - EARLY else "open")


async def check_in(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """One of the two is there, with a location; the visit is under way when both are."""
    batch = talk.batch
    barred = await may_check_in(talk, scene, order)
    if barred.outcome != "open":
        return barred
    visit = await batch.visit(scene.conversation.visit_id or 0)
    side = _side(visit, scene.conversation.person_id)
    await visits.change(batch.tx, visit.id, {f"{side}_in_at": batch.now})
    batch.stale(visit_id=visit.id)
    note(scene, "visit.checked_in", side=side)
    await watch_team(batch, visit)
    await expect_end(batch, visit)
    await one_came(batch, talk.changes, await batch.visit(visit.id))
    await announce_arrival(talk, visit)
    return await partner_status(talk, scene, order)


async def partner_status(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Are both there? Neither can start alone."""
    batch = talk.batch
    visit = await batch.visit(scene.conversation.visit_id or 0)
    if visit.status not in visits.GOING_ON:
        return Done("closed")
    if missing_of(visit):
        return Done("waiting")
    if await visits.move_status(batch.tx, visit.id, ("confirmed",), "under_way"):
        batch.stale(visit_id=visit.id)
        note(scene, "visit.under_way")
    return Done("both_in")


async def establish_identity(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The team has established that this is the right party; the debt may be spoken of from here on."""
    visit_id = scene.conversation.visit_id or 0
    await visits.change(talk.batch.tx, visit_id, {"identity_at": talk.batch.now})
    talk.batch.stale(visit_id=visit_id)
    note(scene, "visit.right_party")
    return Done("done")


async def end_visit(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """End the visit now, for the reason given; the scheduler is alerted, the colleague's part ends, too.

    A customer who still waits for the bell is told that nobody comes.
    """
    batch = talk.batch
    reason = str(order.args["reason"])
    visit = await batch.visit(scene.conversation.visit_id or 0)
    ended = await visits.move_status(batch.tx, visit.id, visits.GOING_ON, "ended", outcome=reason)
    batch.stale(visit_id=visit.id)
    note(scene, "visit.ended", reason=reason)
    if ended:
        await alert(batch, talk.changes, f"ended_{reason}", case_id=visit.case_id, visit_id=visit.id)
        await talk.tell_partner(scene.conversation, visit)
        if visit.status == "confirmed" or await stage_of(batch, visit.id) == "before":
            await call_back(talk, visit)
    return Done("done")


async def ask_for_pause(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The safety officer wants a pause: the collector is told at once, whatever question is open."""
    visit = await talk.batch.visit(scene.conversation.visit_id or 0)
    note(scene, "visit.paused")
    collector = await talk.batch.person(visit.collector_id)
    if collector.chat_id is not None:
        theirs = await talk.elsewhere(collector.chat_id)
        await theirs.say(PAUSE, lane=Lane.SAFETY)
    return Done("done")


async def record_outcome(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Keep the disposition that the collector chose, unless the visit already ended with a reason of its own."""
    batch = talk.batch
    visit = await batch.visit(scene.conversation.visit_id or 0)
    outcome = str(scene.conversation.session.values.get("outcome", ""))
    if visit.outcome is None:
        await visits.change(batch.tx, visit.id, {"outcome": outcome})
        batch.stale(visit_id=visit.id)
    note(scene, "visit.outcome", outcome=outcome)
    await send_summary(talk, scene.conversation)
    return Done("done")


async def check_out(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """One of the two has left; when both have, the visit is over and the follow-up begins."""
    batch = talk.batch
    visit = await batch.visit(scene.conversation.visit_id or 0)
    side = _side(visit, scene.conversation.person_id)
    await visits.change(batch.tx, visit.id, {f"{side}_out_at": batch.now})
    batch.stale(visit_id=visit.id)
    note(scene, "visit.checked_out", side=side)
    visit = await batch.visit(visit.id)
    await team_is_back(talk, visit)
    if visit.collector_out_at is not None and visit.safety_officer_out_at is not None:
        await visits.move_status(batch.tx, visit.id, visits.GOING_ON, "ended")
        batch.stale(visit_id=visit.id)
        await start_follow_up(talk, visit)
        await ask_for_report(batch.tx, visit.id, batch.now)
    return Done("done")


async def raise_sos(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Alert every scheduler and the colleague, before anything else that waits to be sent."""
    visit = await talk.batch.visit(scene.conversation.visit_id or 0)
    note(scene, "sos.raised")
    await alert(
        talk.batch,
        talk.changes,
        "sos",
        case_id=visit.case_id,
        visit_id=visit.id,
        person_id=scene.conversation.person_id,
    )
    return Done("done")
