"""The customer is told that the team is on its way, with photos if there are any, and their half of the visit code."""

from typing import TYPE_CHECKING, Any

from bot.i18n.text import T
from bot.service.desk.portraits import open_portrait
from bot.service.outbound.gate import judge_message
from bot.service.timer_row import timer_row
from bot.store import portraits, sessions, timers, visits
from flows.engine import Signalled
from flows.rules import Outcome, Purpose

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch
    from bot.service.conversations.talk import Talk

SCRIPT, KIND = "at_the_door", "coming"
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


async def announce_arrival(talk: "Talk", visit: Any) -> None:
    """Let the customer know who is at their door; where the hour forbids it, as soon as it no longer does.

    A visit may be agreed for the very minute from which messages are allowed: their half of the code comes then.
    """
    batch = talk.batch
    if await announce_team(talk, visit):
        return
    verdict = await judge_message(batch, await batch.case(visit.case_id), Purpose.REMINDER, solicited=False)
    if verdict.until is not None and verdict.until < visit.ends_at:
        await timers.cancel_subject(batch.tx, KIND, visit.id)
        await timers.put(batch.tx, [timer_row(KIND, visit.id, verdict.until)])


async def say_who_is_there(batch: "Batch", row: Any) -> bool:
    """Tell the customer now who is at their door, if the visit is still going on."""
    from bot.service.conversations.talk import Talk  # noqa: PLC0415 - a talk knows what scripts can have done

    visit = await batch.visit(row.subject_id)
    case = await batch.case(visit.case_id)
    if visit.status not in visits.GOING_ON or case.chat_id is None:
        return True
    await batch.load([case.chat_id])
    talk = Talk(batch, case.chat_id)
    async with talk.savepoint:
        await announce_team(talk, visit)
    batch.changes.add(talk.changes)
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
