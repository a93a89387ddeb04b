"""The longest words for what was answered, and for what performances and commands hand to a script."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from itertools import chain

from bot import library
from bot.i18n import formats
from bot.i18n.text import title_context
from bot.longest.speaker import Speaker
from bot.service.field.answers import AMOUNTS, DAYS, ENDINGS, LINE, NOT_READ_BACK, READ_BACK
from bot.service.field.outcomes import OUTCOMES
from bot.service.outbound.texts import SUMMARY_LABELS
from flows.engine.taking import MAX_TEXT
from flows.script import Ask, InputKind, Script

_MACHINE_WORDS = 40  # an id, a day, a slot, a number
_COUNT = 6  # digits of what is counted


def of_answers(speaker: Speaker, scripts: Collection[Script]) -> Mapping[str, int]:
    """Return by name how long what a conversation holds can be."""
    found = {
        "tries_left": 1,
        **dict.fromkeys(("stopped_messages", "stopped_conversations", "stopped_visits"), _COUNT),
    }
    found["call_rule"] = max(len(title) for title in _titles(speaker))
    found |= dict.fromkeys(("chosen", "recommended"), len(_treatment(speaker)))
    for ask in _asked(scripts):
        found[ask.save or ""] = max(found.get(ask.save or "", 0), _typed(ask))
    return found


def read_back(speaker: Speaker, scripts: Collection[Script]) -> str:
    """Return every answer of a visit with its label, each as long as it is read back."""
    named = {name: [ask for ask in _asked(scripts) if ask.save == name] for name in SUMMARY_LABELS}
    return "\n".join(
        speaker.say(LINE, label=speaker.say(label), value=_written(speaker, name, named[name]))
        for name, label in SUMMARY_LABELS.items()
        if named[name] and name not in NOT_READ_BACK
    )


def _asked(scripts: Collection[Script]) -> Iterator[Ask]:
    steps = chain.from_iterable(script.steps.values() for script in scripts)
    return (step for step in steps if isinstance(step, Ask) and step.save is not None)


def _typed(ask: Ask) -> int:
    return (ask.maximum or MAX_TEXT) if ask.input is InputKind.TEXT else _MACHINE_WORDS


def _written(speaker: Speaker, name: str, asked: Collection[Ask]) -> str:
    labels = [choice.label for ask in asked for choice in ask.choices]
    ways = [
        speaker.longest(labels) if labels else "",
        speaker.longest(OUTCOMES.values()) if name in ENDINGS else "",
    ]
    if name in AMOUNTS:
        most = max(ask.maximum or 0 for ask in asked)
        ways.append(formats.amount(speaker.locale, Decimal(most), speaker.currency))
    elif name in DAYS:
        ways.append(speaker.date)
    else:
        ways.append("x" * min(READ_BACK, max(map(_typed, asked))))
    return max(ways, key=len)


def _titles(speaker: Speaker) -> Iterator[str]:
    for pack in library.every_pack(None):
        for rule in pack.rules:
            yield speaker.catalogues.lookup(speaker.locale, title_context(rule.id), rule.title) or rule.title


def _treatment(speaker: Speaker) -> str:
    return speaker.longest(card.label for card in library.treatments().treatments.values())
