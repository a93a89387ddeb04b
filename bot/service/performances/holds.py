"""Stops, holds and calls for a person: the customer's way out works at once."""

from typing import TYPE_CHECKING

from bot.service.audit_line import CUSTOMER
from bot.service.conversations.scene import note
from bot.service.customer import holds
from bot.service.customer.recorded import tell_recorded
from bot.service.customer.stop import STOP, stop_case
from bot.service.desk.queue.alerts import alert
from bot.service.performances.done import Done
from bot.store import holds as stored
from flows.engine import Perform
from flows.rules import Purpose

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk

_LEFT_OUT = "skip"  # the choice by which a customer says no more


async def stop_messages(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Nothing more goes to this customer but the one confirmation that the script says now."""
    await stop_case(talk, scene.conversation.case_id or 0, keep=scene.conversation.id)
    scene.purpose = Purpose.OPT_OUT_CONFIRMATION
    note(scene, "customer.stopped")
    return Done("done")


async def open_hold(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Put the case on hold for the reason given, with what was said; the scheduler is told.

    `kind` is the hold's; `words` names the answers of this conversation that say why, `alert` the item for the
    scheduler where it is not called like the hold; `none`: they hear of it by what comes next. `paused`: visits and
    messages that nobody asked for are; `noted`: the rules of the place do not want that, a person looks all the same.
    What a team opened on the customer's word, they read in their own chat.
    """
    conversation = scene.conversation
    case = await talk.batch.case(conversation.case_id or 0)
    kind = str(order.args["kind"])
    said = _said(scene, order)
    by = conversation.actor
    keep = None if conversation.person_id else conversation.id
    known = {row.kind for row in await stored.active(talk.batch.tx, case.id, talk.batch.now)}
    opened = await holds.open_hold(talk.batch, talk.changes, case, kind, by=by, note=said, keep=keep)
    told = str(order.args.get("alert", kind))
    if told != "none":
        await alert(talk.batch, talk.changes, told, case_id=case.id, visit_id=conversation.visit_id)
    if conversation.person_id and kind not in known:
        await tell_recorded(talk, await talk.batch.case(case.id), kind)
    return Done("paused" if opened.paused else "noted")


def _said(scene: "Scene", order: Perform) -> str:
    """Return the answers that `words` names, those that were given, one a line."""
    values = scene.conversation.session.values
    given = (values.get(name) for name in str(order.args.get("words", "")).split())
    return "\n".join(str(one) for one in given if one and one != _LEFT_OUT)


async def resume_messages(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The customer takes their stop back: it is lifted, nothing is sent because of it, the scheduler is told."""
    case_id = scene.conversation.case_id or 0
    for row in await stored.active(talk.batch.tx, case_id, talk.batch.now):
        if row.kind == STOP:
            await holds.lift_hold(talk.batch, talk.changes, row, by=CUSTOMER, reason="")
    await alert(talk.batch, talk.changes, "resumed", case_id=case_id)
    return Done("done")


async def alert_scheduler(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Ask a person to look."""
    conversation = scene.conversation
    await alert(
        talk.batch,
        talk.changes,
        str(order.args["kind"]),
        case_id=conversation.case_id or 0,
        visit_id=conversation.visit_id,
        person_id=conversation.person_id,
    )
    return Done("done")
