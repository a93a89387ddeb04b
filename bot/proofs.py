"""Proving the released scripts against what this version offers them: placeholders, effects, translations."""

from collections.abc import Collection
from functools import partial

from bot import library
from bot.i18n import catalogues
from bot.service.conversations.values import PLACEHOLDERS
from bot.service.performances import PERFORMANCES
from flows.script import Ask, Issue, Script
from flows.script.lint import Known, lint

GIVEN = frozenset({"tries_left"})  # values that an effect, not an answer, gives to a script


def prove() -> tuple[Issue, ...]:
    """Return everything that is wrong with the released scripts; raises `ConfigError` when they cannot be read."""
    scripts, _ = library.scripts()
    texts = catalogues.load()
    found: list[Issue] = []
    for script in scripts.values():
        known = Known(
            placeholders=_placeholders(script),
            effects={name: one.outcomes for name, one in PERFORMANCES.items()},
            catalogues={locale: partial(texts.lookup, locale) for locale in texts.locales if locale != "en"},
        )
        found += lint(script, known)
    return tuple(sorted(found))


def _placeholders(script: Script) -> Collection[str]:
    saved = {step.save for step in script.steps.values() if isinstance(step, Ask) and step.save}
    return {*PLACEHOLDERS, *GIVEN, *saved}
