"""What was answered in a visit, in words: for the read-back at the door and for the scheduler's summary."""

from collections.abc import Iterable, Iterator

from bot.service.installation import Installation
from bot.service.outbound.texts import SUMMARY_LABELS
from flows.engine import Session
from flows.script import Ask, Script, Text

Answer = tuple[Text, Text | object]


def answered(script: Script, session: Session) -> Iterator[Answer]:
    """Yield label and answer of every question of the summary that was answered; a tapped choice by its label."""
    asked = {step.save: step for step in script.steps.values() if isinstance(step, Ask) and step.save}
    for name, label in SUMMARY_LABELS.items():
        if name in session.values and name in asked:
            yield label, _shown(script, name, session.values[name])


def _shown(script: Script, name: str, value: object) -> Text | object:
    for step in script.steps.values():
        if isinstance(step, Ask) and step.save == name:
            for choice in step.choices:
                if choice.id == value:
                    return choice.label
    return value


def in_words(inst: Installation, locale: str, answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    """Yield labels and answers in a language; not escaped."""
    for label, value in answers:
        said = (
            inst.catalogues.text(locale, value.context, value.msgid)
            if isinstance(value, Text)
            else str(value)
        )
        yield inst.catalogues.text(locale, label.context, label.msgid), said
