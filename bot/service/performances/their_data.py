"""The customer asks for a copy of their data: a person decides, and it goes to nobody whom we do not know."""

from typing import TYPE_CHECKING

from bot.service.conversations.scene import note
from bot.service.desk.queue.alerts import alert
from bot.service.performances.done import Done
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk


async def ask_for_data(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Put the request before a person, once; not for somebody who has not shown yet who they are."""
    case = await talk.batch.case(scene.conversation.case_id or 0)
    if case.identified_at is None:
        return Done("unknown")
    if not await alert(talk.batch, talk.changes, "data_request", case_id=case.id):
        return Done("asked_before")
    note(scene, "data.asked")
    return Done("asked")
