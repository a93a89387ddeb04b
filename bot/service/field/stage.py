"""How far a visit is: read off the place where the collector's conversation stands."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.store import sessions

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch
    from flows.script import Script

FIRST: Mapping[str, str] = {
    "brief": "before",
    "door": "door",
    "code": "identity",
    "ask_recording": "talk",
    "way_forward": "way_forward",
    "closing": "closing",
    "outcome": "over",
}  # the first step of each stage, in the order of the script


async def stage_of(batch: "Batch", visit_id: int) -> str:
    """Return the stage of a visit: before, door, identity, talk, way_forward, closing or over."""
    rows = await sessions.of_visit(batch.tx, visit_id, "onsite")
    await batch.load_conversations([row.id for row in rows])
    conversation = batch.conversation(rows[-1].id) if rows else None
    if conversation is None:
        return "before"
    if not conversation.session.frames:
        return "over"
    return stage_at(conversation.script, conversation.session.frames[0].step)


def stage_at(script: "Script", step: str) -> str:
    """Return the stage that a step of the collector's script belongs to."""
    stage = "before"
    for one in script.steps:
        stage = FIRST.get(one, stage)
        if one == step:
            break
    return stage
