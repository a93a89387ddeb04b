"""Proofs about what people read: placeholders, translations, and Telegram's limits."""

from collections.abc import Iterator
from itertools import chain
from string import Formatter

from flows.script.issue import Issue
from flows.script.lint.known import Known
from flows.script.model import Ask, Choice, Script, Text
from flows.script.places import issue
from flows.script.texts import texts

MAX_TEXT = 4096  # characters of a message: Bot API, sendMessage
MAX_LABEL = 40  # characters of a button that a narrow phone still shows
MAX_BUTTONS = 100  # of a keyboard: more are refused as REPLY_MARKUP_TOO_LONG or left out
MAX_ID = 64 - len(":" * 2) - 19 - 6  # bytes of callback data, less session id and prompt number


def unknown_placeholders(script: Script, known: Known) -> Iterator[Issue]:
    """Yield every placeholder that nothing fills in."""
    for text in texts(script):
        for name in text.names:
            if name not in known.placeholders and name not in known.values:
                yield _at(script, text, "FV301", f"Nothing fills in {{{name}}}.")


def translations(script: Script, known: Known) -> Iterator[Issue]:
    """Yield every text without an approved translation, or with other placeholders in it."""
    for text, locale, words in _translated(script, known):
        if words is None:
            yield _at(script, text, "FV302", f"There is no approved translation into {locale}.")
        elif _names(words) != set(text.names):
            yield _at(script, text, "FV303", f"The translation into {locale} has other placeholders.")


def long_texts(script: Script, known: Known) -> Iterator[Issue]:
    """Yield every text that is too long for a message, in any language."""
    for text, where, words in _spoken(script, known):
        if len(words) > MAX_TEXT:
            message = f"The text{where} is longer than {MAX_TEXT} characters: {len(words)}."
            yield _at(script, text, "FV304", message)


def long_labels(script: Script, known: Known) -> Iterator[Issue]:
    """Yield every label that a button cannot show, in any language."""
    labels = {choice.label.context for choice, _ in _choices(script)}
    for text, where, words in _spoken(script, known):
        if text.context in labels and len(words) > MAX_LABEL:
            message = f"The label{where} is longer than {MAX_LABEL} characters: {len(words)}."
            yield _at(script, text, "FV305", message)


def long_ids(script: Script, _: Known) -> Iterator[Issue]:
    """Yield every choice whose id does not fit into a button's data."""
    for choice, key in _choices(script):
        if len(choice.id.encode()) > MAX_ID:
            yield issue(script, key, "FV306", f"The id `{choice.id}` is longer than {MAX_ID} characters.")


def many_buttons(script: Script, _: Known) -> Iterator[Issue]:
    """Yield every question with more buttons than a message can carry, Back and permanent ones included."""
    for owner in (script, *script.linked.values()):
        lasting = len({choice.id for choice in (*script.interrupts, *owner.interrupts)})
        for step in owner.steps.values():
            if isinstance(step, Ask) and len(step.choices) + lasting + 1 > MAX_BUTTONS:
                message = f"The question `{step.id}` has more than {MAX_BUTTONS} buttons."
                yield issue(owner, step.id, "FV307", message)


def _at(script: Script, text: Text, code: str, message: str) -> Issue:
    return issue(script, text.context.removeprefix(f"{script.name}/"), code, message)


def _choices(script: Script) -> Iterator[tuple[Choice, str]]:
    asks = [step for step in script.steps.values() if isinstance(step, Ask)]
    for choice, under in chain(
        ((choice, "interrupts") for choice in script.interrupts),
        ((choice, ask.id) for ask in asks for choice in ask.choices),
    ):
        yield choice, f"{under}/{choice.id}"


def _translated(script: Script, known: Known) -> Iterator[tuple[Text, str, str | None]]:
    for text in texts(script):
        for locale, translate in known.catalogues.items():
            yield text, locale, translate(text.context, text.msgid)


def _spoken(script: Script, known: Known) -> Iterator[tuple[Text, str, str]]:
    """Yield every text with where it is said, in English and then in every language that has it."""
    for text in texts(script):
        yield text, "", text.msgid
    for text, locale, words in _translated(script, known):
        if words is not None:
            yield text, f" in {locale}", words


def _names(words: str) -> set[str] | None:
    """Return the placeholders of a translation; None when a brace is left open."""
    try:
        return {name for _, name, _, _ in Formatter().parse(words) if name is not None}
    except ValueError:
        return None
