"""A script drawn, with what changed in it and what the proofs find."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.documents.flow_picture import svg
from bot.i18n import formats
from bot.i18n.catalogues import Catalogues
from flows.script import Issue, Script, Text
from flows.script.drawing import Voice, draw, to_dot, to_mermaid


class Shape(StrEnum):
    """What comes out."""

    SVG = "svg"
    MERMAID = "mmd"


def drawn(script: Script, old: Script | None, issues: Collection[Issue], voice: Voice, shape: Shape) -> bytes:
    """Return the picture of a script, compared with an `old` version if there is one, with `issues` in it."""
    picture = draw(script, voice, old, issues)
    return svg(to_dot(picture)) if shape is Shape.SVG else to_mermaid(picture).encode()


@dataclass(frozen=True, slots=True)
class Speaking:
    """A voice in one of our languages; what is not translated yet it says in English."""

    texts: Catalogues
    locale: str

    def __call__(self, text: Text) -> str:
        """Return a text."""
        return self.texts.lookup(self.locale, text.context, text.msgid) or text.msgid

    def span(self, span: timedelta) -> str:
        """Return a span of time."""
        return formats.duration(self.locale, span)
