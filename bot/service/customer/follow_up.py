"""What follows a visit: the promise in the customer's own chat, and its reminder on the agreed day."""

from typing import TYPE_CHECKING, Any

from bot.store import promises
from flows.rules import Purpose

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk


async def start_follow_up(talk: "Talk", visit: Any) -> None:
    """Begin the follow-up with the customer if the visit brought a promise and their chat can be reached."""
    batch = talk.batch
    promise = await promises.open_of(batch.tx, visit.case_id)
    case = await batch.case(visit.case_id)
    if promise is None or promise.visit_id != visit.id or case.chat_id is None:
        return
    customer = await talk.elsewhere(case.chat_id)
    await customer.begin("follow_up", case_id=case.id, unasked=True, purpose=Purpose.FOLLOW_UP)
