"""A scheduler stops everything for a case: what waits, what is open, what is planned."""

from typing import TYPE_CHECKING

from bot.ids import new_id
from bot.service.conversations.scene import note
from bot.service.customer.stop import LIVE, cancel_visits, end_conversations
from bot.service.performances.done import Done
from bot.store import holds, outbox, sessions, visits
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk

CODES = ("asked", "represented", "wrong_case", "lender")


async def stop_everything(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Put a stop on the case, withdraw, end and cancel; tell how much there was of each.

    The log takes the reason as a code; the scheduler's own words are sealed with the answer.
    """
    batch, case_id = talk.batch, scene.conversation.case_id or 0
    known = any(row.kind == "stop" for row in await holds.active(batch.tx, case_id, batch.now))
    messages = await outbox.count_waiting(batch.tx, case_id)
    open_ones = await sessions.waiting_of_case(batch.tx, case_id, None)
    visit = await visits.live_of(batch.tx, case_id)
    if not known:
        by = scene.conversation.actor
        row = {"id": new_id(), "case_id": case_id, "kind": "stop", "since": batch.now, "opened_by": by}
        await holds.put(batch.tx, row)
        batch.stale(case_id=case_id)
    await end_conversations(batch, case_id)
    await cancel_visits(batch, talk.changes, case_id, "stopped")
    if known:
        return Done("already")
    reason = str(scene.conversation.session.values["stop_reason"])
    note(scene, "case.stopped", reason=reason if reason in CODES else "in_words")
    return Done(
        "done",
        {
            "stopped_messages": messages,
            "stopped_conversations": sum(row.person_id is None for row in open_ones),
            "stopped_visits": int(visit is not None and visit.status in LIVE),
        },
    )
