"""What the desk sees of a plan that waits for its word, and of a question about one."""

from typing import TYPE_CHECKING, Any

from bot.service.solutions import texts
from bot.service.solutions.offers import FIRST_DUE, offers_of
from bot.service.solutions.terms import of_row
from bot.service.solutions.words import Words
from bot.store import agreements, promises, sessions

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch

APPROVALS = ("plan_approval", "plan_second")
QUESTION = "plan_question"


async def about(batch: "Batch", locale: str, alert: Any) -> list[str]:
    """Return what belongs under an item of the queue, a paragraph each; not escaped."""
    if alert.kind == QUESTION:
        return [said] if (said := await _question(batch, alert.case_id)) else []
    agreement = await agreements.by_id(batch.tx, alert.subject_id) if alert.kind in APPROVALS else None
    if agreement is None:
        return []
    case = await batch.case(agreement.case_id)
    words = Words(batch.inst, locale, case.currency)
    terms = of_row(agreement.terms, await promises.of_agreement(batch.tx, agreement.id))
    return [words.lines(terms), *await _reckoning(batch, words, agreement)]


async def _reckoning(batch: "Batch", words: Words, agreement: Any) -> list[str]:
    """Return the way from income to what can be paid, as the talk had it: nothing of it is kept a second time."""
    if agreement.visit_id is not None:
        rows = await sessions.of_visit(batch.tx, agreement.visit_id, "onsite")
    else:
        rows = await sessions.of_case(batch.tx, agreement.case_id, "plan_by_phone")
    await batch.load_conversations([row.id for row in rows])
    for row in reversed(rows):
        conversation = batch.conversation(row.id)
        if conversation is not None and FIRST_DUE in conversation.session.values:
            offers = await offers_of(batch, agreement.case_id, conversation.session.values)
            way = words.reckoning(offers.affordability, batch.inst.library.statement.lines)
            heading = words.say(texts.BASIS[agreement.basis], monthly=words.money(offers.monthly))
            return [f"{heading}\n{way}".strip(), words.weight(offers)]
    return []


async def _question(batch: "Batch", case_id: int) -> str:
    """Return what the customer asked about the plan that is open."""
    rows = await sessions.waiting_of_case(batch.tx, case_id, "agreement")
    await batch.load_conversations([row.id for row in rows])
    found = [batch.conversation(row.id) for row in rows]
    return next((str(one.session.values.get(QUESTION, "")) for one in reversed(found) if one is not None), "")
