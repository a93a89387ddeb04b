"""A treatment that overrules the recommendation, once its reason is told."""

from typing import TYPE_CHECKING

from bot.casework.risk import Treatment
from bot.service.desk.risk.chat import confirm
from bot.service.desk.risk.treatment import decide
from bot.service.performances.done import Done
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk


async def decide_treatment(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Keep the decision with its reason, and say so."""
    conversation, values = scene.conversation, scene.conversation.session.values
    found = await decide(
        talk.batch,
        conversation.case_id or 0,
        Treatment(str(values["treatment"])),
        reason=str(values["overruling_reason"]),
        actor=conversation.actor,
    )
    await confirm(talk, found)
    return Done("done")
