"""A script drawn, with what changed in it and what the proofs find."""

from enum import StrEnum
from functools import partial

from bot.documents.flow_picture import svg
from bot.i18n import catalogues
from bot.i18n.catalogues import Catalogues
from bot.proofs import prove_draft
from flows.script import Script, Text
from flows.script.drawing import draw, to_dot, to_mermaid


class Shape(StrEnum):
    """What comes out."""

    SVG = "svg"
    MERMAID = "mmd"


def drawn(script: Script, old: Script | None, shape: Shape, locale: str, *, findings: bool) -> bytes:
    """Return the picture of a script, compared with an `old` version if there is one."""
    issues = prove_draft(script) if findings else ()
    picture = draw(script, partial(_words, catalogues.load(), locale), old, issues)
    return svg(to_dot(picture)) if shape is Shape.SVG else to_mermaid(picture).encode()


def _words(texts: Catalogues, locale: str, text: Text) -> str:
    """Return a text in a language; one that is not translated yet in English."""
    return texts.lookup(locale, text.context, text.msgid) or text.msgid
