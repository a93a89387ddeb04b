"""What follows a visit: the promise in the customer's own chat, and both sides' account of what happened."""

from typing import TYPE_CHECKING, Any

from bot.service.customer.holds import is_on_hold
from bot.service.customer.satisfaction import ask_after_visit
from bot.store import promises
from flows.rules import Purpose

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk


async def start_follow_up(talk: "Talk", visit: Any) -> None:
    """Begin what follows: word of the promise, then the look back where the right party was spoken to."""
    case = await talk.batch.case(visit.case_id)
    promise = await promises.open_of(talk.batch.tx, visit.case_id)
    by_word = promise is not None and promise.visit_id == visit.id and promise.agreement_id is None
    if by_word and case.chat_id is not None:
        customer = await talk.elsewhere(case.chat_id)
        await customer.begin("follow_up", case_id=case.id, unasked=True, purpose=Purpose.FOLLOW_UP)
    if visit.identity_at is not None:
        await _ask_for_accounts(talk, visit)
        await ask_after_visit(talk.batch, visit)


async def _ask_for_accounts(talk: "Talk", visit: Any) -> None:
    """Ask customer and collector for their accounts; never a customer whose case is on hold, but for a plan."""
    batch = talk.batch
    case = await batch.case(visit.case_id)
    collector = await batch.person(visit.collector_id)
    if collector.chat_id is not None:
        theirs = await talk.elsewhere(collector.chat_id)
        await theirs.begin("account", case_id=case.id, visit_id=visit.id)
    if case.chat_id is not None and not await is_on_hold(batch, case.id):
        customer = await talk.elsewhere(case.chat_id)
        await customer.begin(
            "account", case_id=case.id, visit_id=visit.id, unasked=True, purpose=Purpose.FOLLOW_UP
        )
