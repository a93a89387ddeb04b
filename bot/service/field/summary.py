"""What the team found, for the scheduler: the answers of the visit in the order in which they were asked."""

from typing import TYPE_CHECKING

from bot.ids import new_id
from bot.service.conversations.conversation import Conversation
from bot.service.desk.colleagues import desk, locale_of_person
from bot.service.field.answers import answered
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel, to_staff
from bot.service.outbound.texts import SUMMARY
from flows.rules import Purpose

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk


async def send_summary(talk: "Talk", conversation: Conversation) -> None:
    """Send every scheduler the answers of this conversation, in their language."""
    batch = talk.batch
    inst = batch.inst
    case = await batch.case(conversation.case_id or 0)
    for person in await desk(batch):
        locale = await locale_of_person(batch, person)
        heading = inst.catalogues.text(locale, SUMMARY.context, SUMMARY.msgid)
        lines = answered(inst, locale, case, conversation.script, conversation.session)
        html = inst.calls.escape("\n".join([heading.format(case_ref=case.case_ref), "", *lines]))
        call = inst.calls.say(person.chat_id or 0, html)
        parcel = Parcel(call, f"s{new_id()}", person.chat_id or 0, Lane.CONFIRMATIONS, Purpose.ALERT)
        to_staff(batch, talk.changes, parcel)
