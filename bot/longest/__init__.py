"""How long words can be: every placeholder filled in to the limit of what is taken in, in each language.

What has no limit of its own is counted as released (rules, products), or as the tables here say that it is never more.
"""

from collections.abc import Collection, Iterator, Mapping

from bot import library
from bot.i18n.catalogues import Catalogues
from bot.i18n.text import line_context
from bot.longest.answers import of_answers, read_back
from bot.longest.facts import FACTS
from bot.longest.plans import PLANS
from bot.longest.speaker import CONTACT, CREDITOR, Speaker
from flows.rules import Pack, chain
from flows.rules.kinds.mandatory_line import Duty
from flows.script import Script
from flows.script.lint import Lengths

__all__ = ["lengths"]


def lengths(catalogues: Catalogues, scripts: Collection[Script]) -> Mapping[str, Lengths]:
    """Return how long words can be in each language. Raises `ConfigError` when what is released cannot be read."""
    return {locale: _lengths(Speaker(locale, catalogues), scripts) for locale in catalogues.locales}


def _lengths(speaker: Speaker, scripts: Collection[Script]) -> Lengths:
    filled = {name: len(words(speaker)) for name, words in {**FACTS, **PLANS}.items()}
    read = read_back(speaker, scripts)
    return Lengths({**of_answers(speaker, scripts), **filled, "read_back": len(read)}, _lines(speaker))


def _lines(speaker: Speaker) -> int:
    """Return how long all that the rules want said can be, in the place that wants most."""
    packs = library.every_pack(None)
    places = chain(packs, "policy-default").values()
    return max(sum(len("\n\n") + len(line) for line in {*_demanded(speaker, place)}) for place in places)


def _demanded(speaker: Speaker, packs: Collection[Pack]) -> Iterator[str]:
    for pack in packs:
        for rule in pack.rules:
            line = rule.value.finding.line if isinstance(rule.value, Duty) else None
            if line is not None:
                words = (
                    speaker.catalogues.lookup(speaker.locale, line_context(line.id), line.text) or line.text
                )
                yield words.format(creditor=CREDITOR, contact=CONTACT)
