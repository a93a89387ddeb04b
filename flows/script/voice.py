"""Saying in a language what is not a script's own words: when a timeout is due, what a picture tells besides."""

from datetime import timedelta
from typing import Protocol

from flows.script.model import Text, Timeout

AFTER = Text("voice/after", "after {span}", ("span",))
BEFORE = Text("voice/before", "{span} before `{moment}`", ("span", "moment"))
AT = Text("voice/at", "at `{moment}`", ("moment",))


class Voice(Protocol):
    """Whoever speaks one language."""

    def __call__(self, text: Text) -> str:
        """Return a text in this language."""

    def span(self, span: timedelta) -> str:
        """Return a span of time in this language, to the second: "1 day 12 hours"."""


class English:
    """What is written, as it is."""

    def __call__(self, text: Text) -> str:
        """Return the text."""
        return text.msgid

    def span(self, span: timedelta) -> str:
        """Return a span of time."""
        days, rest = divmod(int(span.total_seconds()), 24 * 60 * 60)
        units = (("day", days), ("hour", rest // 3600), ("minute", rest % 3600 // 60), ("second", rest % 60))
        return " ".join(f"{count} {unit}{'s' * (count != 1)}" for unit, count in units if count)


ENGLISH = English()


def timing(timeout: Timeout, voice: Voice) -> str:
    """Return when a timeout is due."""
    if timeout.after is not None:
        return voice(AFTER).format(span=voice.span(timeout.after))
    if not timeout.before:
        return voice(AT).format(moment=timeout.anchor)
    return voice(BEFORE).format(span=voice.span(timeout.before), moment=timeout.anchor)
