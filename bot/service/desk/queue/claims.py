"""A payment that a customer says they made: recorded where it came in, asked for again where it did not."""

from typing import TYPE_CHECKING

from bot.i18n.text import T
from bot.service.customer.stop import end_conversations
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.queue.chat import ask_about, changed, mine_or_free
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.contact import tell_refused
from bot.service.outbound.gate import judge_message
from bot.service.outbound.receipts import keep
from bot.store import sessions
from flows.rules import Outcome, Purpose

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

SCRIPT = "receipt"
ASKED = T("claim/asked", "The customer is asked for the receipt.")
ASKED_LATER = T("claim/asked_later", "The customer is asked for the receipt as soon as the rules allow.")
ASKED_ALREADY = T("claim/asked_already", "The customer has been asked for it and has not answered yet.")
REFUSED = T(
    "claim/refused",
    "Not asked: the rules do not allow a message now. Where somebody speaks for the customer, write to them.",
)
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
    if await _asked_already(talk, case):
        return talk.plain(ASKED_ALREADY)
    outcome = await _ask(talk, case)
    if outcome is Outcome.REFUSED:
        return talk.plain(REFUSED)
    await changed(talk, tap, row, "item.asked_for_receipt")
    return talk.plain(ASKED_LATER if outcome is Outcome.WAIT else ASKED)


async def _asked_already(talk: "Talk", case: CaseFile) -> bool:
    rows = await sessions.waiting_of_case(talk.batch.tx, case.id, SCRIPT)
    await talk.batch.load_conversations([row.id for row in rows])
    found = (talk.batch.conversation(row.id) for row in rows)
    return any(one is not None and one.session.values.get("not_found") for one in found)


async def _ask(talk: "Talk", case: CaseFile) -> Outcome:
    """Ask in the customer's chat where the rules allow it, in place of what was asked when they said so."""
    verdict = await judge_message(talk.batch, case, Purpose.ANSWER, solicited=False)
    if verdict.outcome is Outcome.REFUSED:
        receipt_id = keep(talk.changes, verdict, case_id=case.id)
        await tell_refused(talk.batch, talk.changes, verdict, receipt_id, case_id=case.id, visit_id=None)
        return verdict.outcome
    await end_conversations(talk.batch, case.id, script=SCRIPT)
    customer = await talk.elsewhere(case.chat_id or 0)
    values = {"not_found": True}
    await customer.begin(SCRIPT, case_id=case.id, values=values, unasked=True, purpose=Purpose.ANSWER)
    return verdict.outcome
