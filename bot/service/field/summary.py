"""What the team found, for the scheduler: the answers of the visit in the order in which they were asked."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.ids import new_id
from bot.service.conversations.conversation import Conversation
from bot.service.desk.colleagues import desk, locale_of_person
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel, to_staff
from bot.service.outbound.texts import SUMMARY, SUMMARY_LABELS
from flows.engine import Session
from flows.rules import Purpose
from flows.script import Ask, Script, Text

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk


async def send_summary(talk: "Talk", conversation: Conversation) -> None:
    """Send every scheduler the answers of this conversation, in their language."""
    batch = talk.batch
    case = await batch.case(conversation.case_id or 0)
    for person in await desk(batch):
        locale = await locale_of_person(batch, person)

        def say(text: Text, locale: str = locale) -> str:
            return batch.inst.catalogues.text(locale, text.context, text.msgid)

        lines = [say(SUMMARY).format(case_ref=case.case_ref), ""]
        for label, value in found(conversation.script, conversation.session):
            shown = say(value) if isinstance(value, Text) else str(value)
            lines.append(f"{say(label)}: {shown}")
        html = batch.inst.calls.escape("\n".join(lines))
        call = batch.inst.calls.say(person.chat_id or 0, html)
        key = f"s{new_id()}"
        parcel = Parcel(call, key, person.chat_id or 0, Lane.CONFIRMATIONS, Purpose.ALERT)
        to_staff(batch, talk.changes, parcel)


def found(script: Script, session: Session) -> Iterator[tuple[Text, Text | object]]:
    """Yield label and answer of every question of the summary that was answered; a tapped choice by its label."""
    asked = {step.save: step for step in script.steps.values() if isinstance(step, Ask) and step.save}
    for name, label in SUMMARY_LABELS.items():
        if name in session.values and name in asked:
            yield label, shown(script, name, session.values[name])


def shown(script: Script, name: str, value: object) -> Text | object:
    """Return the label of the choice whose id was saved under `name`, or the answer itself."""
    for step in script.steps.values():
        if isinstance(step, Ask) and step.save == name:
            for choice in step.choices:
                if choice.id == value:
                    return choice.label
    return value
