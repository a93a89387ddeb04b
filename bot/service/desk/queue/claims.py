"""A payment that a customer says they made: recorded where it came in, asked for again where it did not."""

from typing import TYPE_CHECKING

from bot.i18n.text import T
from bot.service.desk.queue.chat import ask_about, changed, mine_or_free
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

ASKED = T("claim/asked", "The customer is asked for the receipt.")
NO_CHAT = T("claim/no_chat", "This customer has no chat with us. Please write a letter or call.")


async def match(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Ask what came in, to record it."""
    return await ask_about(talk, tap, reference, "match")


async def not_found(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Tell the customer that the payment was not found yet, and ask for the receipt; the item stays."""
    row, notice = await mine_or_free(talk, tap, reference.subject_id)
    if row is None:
        return notice
    case = await talk.batch.case(row.case_id)
    if case.chat_id is None or case.identified_at is None:
        return talk.plain(NO_CHAT)
    customer = await talk.elsewhere(case.chat_id)
    await customer.begin("receipt", case_id=case.id, values={"not_found": True})
    await changed(talk, tap, row, "item.asked_for_receipt")
    return talk.plain(ASKED)
