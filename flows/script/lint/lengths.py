"""Proofs that a message still fits once the longest words that there can be are filled in."""

from collections.abc import Iterator
from itertools import product

from flows.script.issue import Issue
from flows.script.lint.known import Known
from flows.script.lint.wording import MAX_TEXT
from flows.script.model import Ask, Say, Script, Text
from flows.script.places import issue

MARKS = len("🗣 \n\n") + len("\n\n")  # around what is said aloud, and under what it means
BAR = 4  # characters of a progress line beside its numbers and one for each question


def filled_in(script: Script, known: Known) -> Iterator[Issue]:
    """Yield each message that can be longer than Telegram takes: its end would be cut off.

    Staff see what they say aloud in the customer's language, then in their own, with their own text beneath. What is
    too long as it stands FV304 has told.
    """
    for step in script.steps.values():
        if isinstance(step, Say | Ask):
            longest = max(
                ((_length(script, step, known, *pair), pair[0]) for pair in _pairs(step, known)), default=None
            )
            if longest is not None and longest[0] > MAX_TEXT >= _bare(step, known):
                message = (
                    f"With the longest words filled in the message in {longest[1]} has {longest[0]} characters; "
                    f"from {MAX_TEXT} on they are cut off."
                )
                yield issue(script, step.id, "FV308", message)


def _bare(step: Say | Ask, known: Known) -> int:
    return max(len(_said(step.text, locale, known)) for locale in known.lengths)


def _pairs(step: Say | Ask, known: Known) -> Iterator[tuple[str, str]]:
    """Yield the language of who reads, and that of the customer where something is said aloud."""
    aloud = isinstance(step, Ask) and step.aloud is not None
    return product(known.lengths, known.lengths) if aloud else ((one, one) for one in known.lengths)


def _length(script: Script, step: Say | Ask, known: Known, mine: str, theirs: str) -> int:
    length = _words(step.text, mine, known)
    if isinstance(step, Ask) and step.numbered:
        asked = sum(isinstance(one, Ask) and one.numbered for one in script.steps.values())
        length += 2 * len(str(asked)) + asked + BAR
    if isinstance(step, Ask) and step.aloud is not None:
        length += MARKS + _words(step.aloud, theirs, known)
        length += known.lengths[theirs].lines if step.lines is not None else 0
        length += _words(step.aloud, mine, known) if theirs != mine else 0
    return length


def _words(text: Text, locale: str, known: Known) -> int:
    words = _said(text, locale, known)
    filled = known.lengths[locale].filled
    return len(words) + sum(
        words.count(f"{{{name}}}") * (filled.get(name, 0) - len(name) - 2) for name in text.names
    )


def _said(text: Text, locale: str, known: Known) -> str:
    translate = known.catalogues.get(locale)
    return text.msgid if translate is None else translate(text.context, text.msgid) or text.msgid
