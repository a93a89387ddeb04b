"""Stops, holds and calls for a person: the customer's way out works at once."""

from typing import TYPE_CHECKING

from bot.ids import new_id
from bot.service.conversations.turns import note
from bot.service.customer.stop import cancel_visits, end_conversations, stop_case
from bot.service.desk.alerts import alert
from bot.service.performances.done import Done
from bot.store import holds
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk
    from bot.service.conversations.turns import Scene


async def stop_messages(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Nothing more goes to this customer but the one confirmation that the script says now."""
    await stop_case(talk, scene.conversation.case_id or 0, keep=scene.conversation.id)
    note(scene, "customer.stopped")
    return Done("done")


async def open_hold(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Put the case on hold for the reason given: the visit and every reminder end, the scheduler is told."""
    conversation = scene.conversation
    case_id = conversation.case_id or 0
    kind = str(order.args["kind"])
    row = {
        "id": new_id(),
        "case_id": case_id,
        "kind": kind,
        "since": talk.batch.now,
    }
    await holds.put(talk.batch.tx, row)
    await end_conversations(talk.batch, case_id, keep=conversation.id)
    await cancel_visits(talk.batch, case_id, kind)
    await alert(
        talk.batch,
        talk.changes,
        kind,
        case_id=case_id,
        visit_id=conversation.visit_id,
    )
    note(scene, "hold.opened", hold=kind)
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
