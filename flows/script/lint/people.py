"""Proofs about what people always have at hand, and what they are never told."""

from collections.abc import Iterator

from flows.script.issue import Issue
from flows.script.lint.known import Known
from flows.script.model import Ask, Party, Say, Script, Text
from flows.script.places import issue

TOLD = (
    Party.CUSTOMER,
    Party.ANYONE,
)  # what is begun for these may be read by a customer, with all that it runs


def at_hand(script: Script, known: Known) -> Iterator[Issue]:
    """Yield each permanent choice that the party must have at every question, and does not.

    A root's permanent choices stand below every question of what it runs; that nothing hides them, FV211 proves.
    """
    if script.name in known.begun:
        there = {choice.id for choice in script.interrupts}
        for name in known.at_hand.get(script.party, ()):
            if name not in there:
                message = f"`{name}` must be among the `interrupts`: it is at hand at every step."
                yield issue(script, script.entry, "FV404", message)


def never_said(script: Script, known: Known) -> Iterator[Issue]:
    """Yield each text for a customer, read or said aloud, that says in any language what nobody is told."""
    read = script.name in known.begun and script.party in TOLD
    for owner in (script, *script.linked.values()):
        for text in _told(owner, read=read):
            for phrase in known.never:
                if found := phrase.pattern.search(_words(text, phrase.locale, known)):
                    key = text.context.removeprefix(f"{owner.name}/")
                    message = f"“{found[0]}” ({phrase.locale}) is never said: {phrase.why}."
                    yield issue(owner, key, "FV406", message)


def _words(text: Text, locale: str, known: Known) -> str:
    translate = known.catalogues.get(locale)
    return text.msgid if translate is None else translate(text.context, text.msgid) or ""


def _told(script: Script, *, read: bool) -> Iterator[Text]:
    """Yield what is said aloud, and what is read where the script runs in a customer's chat."""
    for step in script.steps.values():
        if isinstance(step, Ask) and step.aloud is not None:
            yield step.aloud
        if isinstance(step, Say | Ask) and read:
            yield step.text
