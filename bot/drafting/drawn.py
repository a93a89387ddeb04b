"""A script drawn, with what changed in it and what the proofs find."""

from collections.abc import Callable, Collection
from enum import StrEnum

from bot.documents.flow_picture import svg
from bot.i18n.catalogues import Catalogues
from flows.script import Issue, Script, Text
from flows.script.drawing import draw, to_dot, to_mermaid

Words = Callable[[Text], str]


class Shape(StrEnum):
    """What comes out."""

    SVG = "svg"
    MERMAID = "mmd"


def drawn(script: Script, old: Script | None, issues: Collection[Issue], words: Words, shape: Shape) -> bytes:
    """Return the picture of a script, compared with an `old` version if there is one, with `issues` in it."""
    picture = draw(script, words, old, issues)
    return svg(to_dot(picture)) if shape is Shape.SVG else to_mermaid(picture).encode()


def words_in(texts: Catalogues, locale: str) -> Words:
    """Return what tells a text in a language; one that is not translated yet in English."""
    return lambda text: texts.lookup(locale, text.context, text.msgid) or text.msgid
