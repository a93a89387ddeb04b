"""A plan on its way to the customer's own chat, or word that it is not possible."""

from typing import TYPE_CHECKING, Any

from bot.service.desk.queue.alerts import alert
from bot.service.outbound.contact import to_customer
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel
from bot.service.solutions import texts
from bot.service.solutions.paper_work import ask_for_paper
from bot.store import sessions
from flows.rules import Purpose

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

SCRIPT = "agreement"


async def show_plan(talk: "Talk", agreement: Any, *, unasked: bool) -> bool:
    """Begin the plan's conversation in the customer's chat; without an open chat a person has a paper signed.

    `unasked`: nobody is waiting for it with their phone in their hand, so hours and holds bind it as they bind every
    answer that a person gives.
    """
    case = await talk.batch.case(agreement.case_id)
    if case.chat_id is None or case.identified_at is None:
        await alert(
            talk.batch,
            talk.changes,
            "plan_no_chat",
            case_id=case.id,
            visit_id=agreement.visit_id,
            subject_id=agreement.id,
        )
        await ask_for_paper(talk.batch.tx, agreement.id, talk.batch.now)
        return False
    theirs = await talk.elsewhere(case.chat_id)
    await theirs.begin(
        SCRIPT,
        case_id=case.id,
        visit_id=agreement.visit_id,
        unasked=unasked,
        purpose=Purpose.ANSWER if unasked else Purpose.REPLY,
        values={"agreement": agreement.id},
    )
    return True


async def show_again(talk: "Talk", agreement: Any) -> None:
    """Show a plan that waits for the customer's answer where they left it, or from its beginning."""
    rows = await sessions.waiting_of_case(talk.batch.tx, agreement.case_id, SCRIPT)
    await talk.batch.load_conversations([row.id for row in rows])
    found = talk.batch.conversation(rows[-1].id) if rows else None
    if found is not None and found.session.values.get("agreement") == agreement.id:
        await talk.repeat(found)
    else:
        await show_plan(talk, agreement, unasked=False)


async def tell_refused(talk: "Talk", agreement: Any) -> None:
    """Tell the customer that the lender does not grant the plan, with a way to a person."""
    batch = talk.batch
    case = await batch.case(agreement.case_id)
    if case.chat_id is None or case.identified_at is None:
        return
    theirs = await talk.elsewhere(case.chat_id)
    settings = batch.inst.settings
    html = theirs.text(texts.PLAN_REFUSED, creditor=settings.creditor, contact=settings.contact)
    call = batch.inst.calls.say(case.chat_id, html)
    key = f"refused:{agreement.id}"
    parcel = Parcel(call, key, case.chat_id, Lane.REMINDERS, Purpose.ANSWER, unasked=True)
    await to_customer(batch, talk.changes, case, parcel)
