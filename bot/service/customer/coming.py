"""The customer is told that the team is on its way, with photos if there are any, and their half of the visit code."""

from typing import TYPE_CHECKING, Any

from bot.i18n.text import T
from bot.service.desk.portraits import open_portrait
from bot.service.outbound.gate import judge_message
from bot.store import portraits, sessions
from flows.engine import Signalled
from flows.rules import Outcome, Purpose

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

SCRIPT = "at_the_door"
PHOTO = T("coming/photo", "{name} (badge {badge})")


async def call_back(talk: "Talk", visit: Any) -> None:
    """A customer who was told that the team is on its way is told that it does not come."""
    conversation = await talk.batch.open_part(visit.id, None)
    if conversation is not None and conversation.script.name == SCRIPT:
        customer = await talk.elsewhere(conversation.chat_id)
        signal = Signalled(talk.batch.now, "not_coming")
        await customer.move(conversation, signal, unasked=True, purpose=Purpose.REMINDER)


async def announce_team(talk: "Talk", visit: Any) -> bool:
    """Begin `at_the_door` in the customer's chat, once a visit; return whether they know.

    Nothing is kept back for later: word that somebody is on their way is wrong an hour later.
    """
    batch = talk.batch
    case = await batch.case(visit.case_id)
    begun = await sessions.of_visit(batch.tx, visit.id, SCRIPT)
    if begun:
        return True
    verdict = await judge_message(batch, case, Purpose.REMINDER, solicited=False)
    if case.chat_id is None or verdict.outcome is not Outcome.ALLOWED:
        return False
    customer = await talk.elsewhere(case.chat_id)
    chat = batch.chat(case.chat_id)
    if chat is None or chat.unreachable_at is not None:
        return False
    await _show_team(customer, visit)
    await customer.begin(SCRIPT, case_id=case.id, visit_id=visit.id, unasked=True, purpose=Purpose.REMINDER)
    return True


async def _show_team(customer: "Talk", visit: Any) -> None:
    """Send the photos of those of the two who have one, ahead of the words that they belong to.

    They are part of that one message, which the rules were asked about, and count as none of their own.
    """
    batch, both = customer.batch, (visit.collector_id, visit.safety_officer_id)
    pictures = {row.person_id: row.picture_enc for row in await portraits.of_people(batch.tx, both)}
    for person_id in both:
        if person_id in pictures:
            person = await batch.person(person_id)
            caption = customer.text(PHOTO, name=person.name, badge=person.badge)
            picture = open_portrait(batch.inst.vault, pictures[person_id])
            await customer.reply(batch.inst.calls.photo(customer.chat_id, picture, caption))
