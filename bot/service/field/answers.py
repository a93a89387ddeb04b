"""What was answered in a visit, in words: for the read-back at the door and for the scheduler's summary."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bot.service.installation import Installation
from bot.service.outbound.texts import NOTHING, SUMMARY_LABELS
from bot.store import sessions
from flows.engine import Session
from flows.script import Ask, Script, Text

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch

Answer = tuple[Text, Text | object]


def answered(script: Script, session: Session) -> Iterator[Answer]:
    """Yield label and answer of every question of the summary that was answered; a tapped choice by its label."""
    asked = {step.save: step for step in script.steps.values() if isinstance(step, Ask) and step.save}
    for name, label in SUMMARY_LABELS.items():
        if name in session.values and name in asked:
            yield label, shown(script, name, session.values[name])


async def said_in_visit(batch: "Batch", visit_id: int, name: str, locale: str) -> str:
    """Return the collector's answer under `name` in words, or the word for nothing; not escaped."""
    rows = await sessions.of_visit(batch.tx, visit_id, "onsite")
    await batch.load_conversations([row.id for row in rows])
    for row in reversed(rows):
        conversation = batch.conversation(row.id)
        if conversation is not None and name in conversation.session.values:
            value = shown(conversation.script, name, conversation.session.values[name])
            return _words(batch.inst, locale, value)
    return _words(batch.inst, locale, NOTHING)


def _words(inst: Installation, locale: str, value: Text | object) -> str:
    return inst.catalogues.text(locale, value.context, value.msgid) if isinstance(value, Text) else str(value)


def shown(script: Script, name: str, value: object) -> Text | object:
    """Return the label of the choice whose id was saved under `name`, or the answer itself."""
    for step in script.steps.values():
        if isinstance(step, Ask) and step.save == name:
            for choice in step.choices:
                if choice.id == value:
                    return choice.label
    return value


def in_words(inst: Installation, locale: str, answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    """Yield labels and answers in a language; not escaped."""
    for label, value in answers:
        yield _words(inst, locale, label), _words(inst, locale, value)
