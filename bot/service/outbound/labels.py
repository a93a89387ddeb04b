"""What a button says, in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.i18n import formats
from bot.service.conversations.conversation import Conversation
from bot.service.installation import Installation
from flows.engine import Option, open_options

Show = Callable[[str, str, str], str]


def _date(locale: str, zone: str, value: str) -> str:
    noon = datetime.combine(date.fromisoformat(value), time(12), ZoneInfo(zone))
    return formats.day(locale, zone, noon)


def _slot(locale: str, zone: str, value: str) -> str:
    return formats.clock(locale, zone, datetime.fromisoformat(value))


def _text(locale: str, zone: str, value: str) -> str:
    return value


SHOW: Mapping[str, Show] = {"date": _date, "slot": _slot, "text": _text}


def label_of(inst: Installation, locale: str, zone: str, option: Option) -> str:
    """Return the label of `option`: its own text, or its value shown in its format in `zone`."""
    if option.label is not None:
        return inst.catalogues.text(locale, option.label.context, option.label.msgid)
    return SHOW[option.format](locale, zone, option.value or "")


def match_label(
    inst: Installation, locale: str, zone: str, conversation: Conversation, words: str
) -> str | None:
    """Return the id of the open option whose label was typed, with or without its emoji; None if none was."""
    wanted = _bare(words)
    for option in open_options(conversation.script, conversation.session):
        if _bare(label_of(inst, locale, zone, option)) == wanted:
            return option.id
    return None


def _bare(words: str) -> str:
    """Drop leading emoji and blanks, fold the case."""
    start = next((place for place, mark in enumerate(words) if mark.isalnum()), len(words))
    return words[start:].strip().casefold()
