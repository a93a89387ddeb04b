"""What a rule says, in a reader's language. Citations are not translated: a source is found by its own name."""

from collections.abc import Sequence

from bot.i18n.catalogues import Catalogues
from bot.i18n.text import title_context
from flows.rules import Pack, RuleRef, Verdict


def title_in(catalogues: Catalogues, locale: str, rule: RuleRef, title: str) -> str:
    """Return a rule's `title` in a language.

    A rule of a pack of the lender's own is in no catalogue: it is said as its reviewer wrote it.
    """
    return catalogues.lookup(locale, title_context(rule.id), title) or title


def title_of(catalogues: Catalogues, locale: str, verdict: Verdict) -> str:
    """Return what the rule says that decided; empty where none stood in the way."""
    return title_in(catalogues, locale, verdict.bound, verdict.title) if verdict.bound is not None else ""


def title_of_named(catalogues: Catalogues, locale: str, named: str, packs: Sequence[Pack]) -> str:
    """Return what the rule says that a receipt names, such as `UK@1/uk-time`; where it is unknown, its name."""
    rule = RuleRef.read(named)
    found = (
        one.title
        for pack in packs
        if (pack.name, pack.version) == (rule.pack, rule.version)
        for one in pack.rules
        if one.id == rule.id
    )
    return title_in(catalogues, locale, rule, next(found, named))
