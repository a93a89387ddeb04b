"""Proving scripts and scorecards against what this version offers: placeholders, effects, grades, translations."""

from collections.abc import Collection, Iterator
from functools import partial

from bot import library
from bot.casework.risk import RiskModel, Scorecard, TreatmentTable, check_table, read_any
from bot.i18n import catalogues
from bot.i18n.catalogues import Catalogues
from bot.service.conversations.values import PLACEHOLDERS
from bot.service.performances import PERFORMANCES
from flows.errors import ScriptInvalid
from flows.script import Ask, Issue, Place, Script
from flows.script.lint import Known, lint

# Given by an effect or at the start, not by an answer.
GIVEN = frozenset(
    {"tries_left", "chosen", "recommended", "stopped_messages", "stopped_conversations", "stopped_visits"}
)


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


def prove_risk() -> tuple[Issue, ...]:
    """Return what is wrong with the released scorecards; raises `ConfigError` when they cannot be used at all."""
    return tuple(sorted(_untranslated(library.risk(), catalogues.load())))


def prove_risk_file(source: str, file: str) -> tuple[Issue, ...]:
    """Return what is wrong with a scorecard or table that is to take the place of the released one."""
    try:
        found = read_any(source, file)
    except ScriptInvalid as error:
        return tuple(issue for issue in error.issues if isinstance(issue, Issue))
    model = library.risk()
    if isinstance(found, Scorecard):
        return check_table(model.table, {**model.cards, found.view: found})
    return check_table(found, model.cards)


def _untranslated(model: RiskModel, texts: Catalogues) -> Iterator[Issue]:
    files: list[Scorecard | TreatmentTable] = [*model.cards.values(), model.table]
    for card in files:
        for text in card.texts():
            place = card.places.get(text.context.split("/", 2)[2], Place(1, 1))
            for locale in texts.locales:
                if texts.lookup(locale, text.context, text.msgid) is None:
                    message = f"There is no approved translation into {locale}."
                    yield Issue(card.file, place.line, place.column, "RS301", message)
