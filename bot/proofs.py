"""Proving scripts, scorecards and solutions against what this version offers: effects, grades, translations."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from bot import library
from bot.begun import AT_HAND, BEGUN, DISCLOSING, IDENTIFIES, OTHERS, RIGHTS
from bot.casework.affordability import Form
from bot.casework.risk import RiskModel, Scorecard, TreatmentTable, check_table, read_any
from bot.casework.solutions import Catalogue, read_catalogue
from bot.i18n import catalogues
from bot.i18n.catalogues import Catalogues
from bot.i18n.negotiate import DEFAULT
from bot.i18n.pseudo import PseudoCatalogues
from bot.longest import lengths
from bot.service.conversations.values import PLACEHOLDERS
from bot.service.performances import PERFORMANCES
from bot.text_file import text_of
from flows.errors import ScriptInvalid
from flows.script import Ask, Issue, Place, Script, link_one, parse
from flows.script.lint import Known, Start, lint

UNTRANSLATED, NO_ROOM = "FV302", ("FV304", "FV305", "FV308")
MADE_UP = "a longer language"


def prove(own: Path | None = None) -> tuple[Issue, ...]:
    """Return everything that is wrong with the released scripts, the lender's own in the folder `own` among them.

    Raises `ConfigError` when they cannot be read.
    """
    scripts, _ = library.installed_scripts(own)
    texts = catalogues.load(own=own)
    found: list[Issue] = []
    known = known_to(scripts.values(), texts)
    for script in scripts.values():
        found += lint(script, known)
    return tuple(sorted({*found}))


def prove_longer() -> tuple[Issue, ...]:
    """Return which texts would have no room in a language that is a third longer than English."""
    scripts, texts = library.scripts()[1], PseudoCatalogues(catalogues.load())
    known = Known(
        catalogues={MADE_UP: partial(texts.lookup, DEFAULT)},
        lengths={MADE_UP: lengths(texts, scripts.values())[DEFAULT]},
    )
    found = {issue for script in scripts.values() for issue in lint(script, known)}
    return tuple(sorted(issue for issue in found if issue.code in NO_ROOM))


class Draft(NamedTuple):
    """What is wrong with a script that is being written; `untranslated` counts the texts that some language lacks."""

    issues: tuple[Issue, ...]
    untranslated: int


def prove_script_file(file: Path) -> Draft:
    """Prove a script in the place of the released one of its name, with all that run it.

    Translations come last in the making of a script, so what lacks one is counted apart. Raises `InputRefused` for
    what is no text, `ConfigError` when the released scripts cannot be read.
    """
    source = text_of(file)
    try:
        found = {*_of_draft(parse(source, str(file)), library.scripts()[1], catalogues.load())}
    except ScriptInvalid as error:
        found = {issue for issue in error.issues if isinstance(issue, Issue)}
    later = {issue for issue in found if issue.code == UNTRANSLATED}
    places = {(issue.line, issue.column) for issue in later}
    return Draft(tuple(sorted(found - later)), len(places))


def _of_draft(draft: Script, latest: Mapping[str, Script], texts: Catalogues) -> Iterator[Issue]:
    scripts = {**latest, draft.name: draft}
    known = known_to(scripts.values(), texts)
    linked = [link_one(one, scripts) for one in scripts.values()]
    running = [one for one in linked if draft.name in one.linked]
    if not running:  # begun by nobody yet: whoever it may be, with nothing said before
        known = replace(known, begun={draft.name: Start(), **known.begun})
    for script in (*running, link_one(draft, scripts)):
        yield from lint(script, known)


def prove_draft(script: Script, latest: Mapping[str, Script], texts: Catalogues) -> tuple[Issue, ...]:
    """Return everything that is wrong with a script in the place of the `latest` one of its name, or beside them."""
    return tuple(sorted({*_of_draft(script, latest, texts)}))


def known_to(scripts: Collection[Script], texts: Catalogues) -> Known:
    """Return what these scripts may rely on in this version of Doorstep."""
    gives = {
        (name, outcome): values for name, one in PERFORMANCES.items() for outcome, values in one.gives.items()
    }
    return Known(
        placeholders=PLACEHOLDERS,
        values={
            *chain.from_iterable(gives.values()),
            *chain.from_iterable(one.values for one in BEGUN.values()),
            *chain.from_iterable(_saved(script) for script in scripts),
        },
        inherited={
            script.name: {name for one in scripts if script.name in one.linked for name in _saved(one)}
            for script in scripts
        },
        effects={name: one.outcomes for name, one in PERFORMANCES.items()},
        needs={name: one.needs for name, one in PERFORMANCES.items()},
        gives=gives,
        identifies=IDENTIFIES,
        begun=BEGUN,
        others=OTHERS,
        disclosing=DISCLOSING,
        rights=RIGHTS,
        lengths=lengths(texts, scripts),
        at_hand=AT_HAND,
        never=library.wording(),
        catalogues={locale: partial(texts.lookup, locale) for locale in texts.locales if locale != "en"},
    )


def _saved(script: Script) -> Iterator[str]:
    return (step.save for step in script.steps.values() if isinstance(step, Ask) and step.save)


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


def prove_solutions(own: Path | None) -> tuple[Issue, ...]:
    """Return what is wrong with the statement and the products, the lender's own below `own` among them.

    Raises `ConfigError` when they cannot be used at all.
    """
    texts = catalogues.load()
    files: tuple[Form | Catalogue, ...] = (library.statement(), *library.solutions(own))
    return tuple(sorted(issue for one in files for issue in _missing_texts(one, texts, "SO301")))


def prove_solutions_file(file: Path) -> tuple[Issue, ...]:
    """Return what is wrong with a catalogue that is to be used. Raises `InputRefused` for what is no text."""
    text = text_of(file)
    try:
        read_catalogue(text, str(file))
    except ScriptInvalid as error:
        return tuple(issue for issue in error.issues if isinstance(issue, Issue))
    return ()


def _untranslated(model: RiskModel, texts: Catalogues) -> Iterator[Issue]:
    files: list[Scorecard | TreatmentTable] = [*model.cards.values(), model.table]
    for card in files:
        yield from _missing_texts(card, texts, "RS301")


def _missing_texts(
    file: Scorecard | TreatmentTable | Form | Catalogue, texts: Catalogues, code: str
) -> Iterator[Issue]:
    for text in file.texts():
        keys = [key for key in file.places if text.context.endswith(f"/{key}")]
        place = file.places[max(keys, key=len)] if keys else Place(1, 1)
        for locale in texts.locales:
            if texts.lookup(locale, text.context, text.msgid) is None:
                yield Issue(
                    file.file,
                    place.line,
                    place.column,
                    code,
                    f"There is no approved translation into {locale}.",
                )
