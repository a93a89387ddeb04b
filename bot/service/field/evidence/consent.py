"""Whether a recording of the talk was agreed to: asked of the rules of the place and of what was said at the door."""

from typing import TYPE_CHECKING

from bot.service.field.evidence.where import Spot
from bot.service.outbound.gate import recording_at
from bot.store import sessions

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch

ANSWER = "recording_consent"  # as the collector's script keeps it


async def may_record(batch: "Batch", spot: Spot) -> bool:
    """May the voices of others be recorded at this visit? Where the rules ask for consent, only after a yes."""
    rule = await recording_at(batch, await batch.case(spot.case_id))
    if rule != "needs_consent":
        return rule != "forbidden"
    rows = await sessions.of_visit(batch.tx, spot.visit_id or 0, "onsite")
    await batch.load_conversations([row.id for row in rows])
    found = [one for row in rows if (one := batch.conversation(row.id)) is not None]
    answers = [one.session.values[ANSWER] for one in found if ANSWER in one.session.values]
    return answers[-1:] == ["yes"]
