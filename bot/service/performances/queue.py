"""Closing an item of the queue with what the scheduler noted."""

from typing import TYPE_CHECKING

from bot.service.conversations.turns import note
from bot.service.desk.queue.card import NOTE_PLACE
from bot.service.desk.queue.shown import refresh
from bot.service.performances.done import Done
from bot.store import alerts
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk
    from bot.service.conversations.turns import Scene


async def resolve_item(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Close the item if it still is this person's to close; the note is sealed under the case's key."""
    batch, conversation = talk.batch, scene.conversation
    values = conversation.session.values
    row = await alerts.by_id(batch.tx, int(str(values["item"])))
    if row is None:
        return Done("gone")
    sealed = batch.inst.vault.seal(conversation.key_id, str(values["note"]).encode(), NOTE_PLACE)
    was = values.get("alarm_was")
    verdict = str(was) if was is not None else None
    person_id = conversation.person_id or 0
    settled = await alerts.settle(batch.tx, row.id, person_id, sealed, batch.now, verdict=verdict)
    await refresh(batch, talk.changes, row.id)
    if not settled:
        return Done("gone")
    note(scene, "item.resolved", item=row.id, item_kind=row.kind, **({"verdict": verdict} if verdict else {}))
    return Done("done")
