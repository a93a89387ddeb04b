"""A diff with every text in every language, before and after."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.i18n.catalogues import Catalogues
from flows.script import Script, Text
from flows.script.diff import Change, compare

MISSING = "(not translated)"


def changes(old: Script, new: Script, texts: Catalogues) -> Sequence[Mapping[str, Any]]:
    """Return what changed, one row a change: step, says, and by language the text `before` and `after`."""
    return [_row(one, texts) for one in compare(old, new).changes]


def _row(change: Change, texts: Catalogues) -> Mapping[str, Any]:
    said = change.old is not None or change.new is not None
    languages = [
        {
            "language": locale,
            "before": _words(texts, locale, change.old),
            "after": _words(texts, locale, change.new),
        }
        for locale in (texts.locales if said else ())
    ]
    return {"step": change.step, "says": change.says, "texts": languages}


def _words(texts: Catalogues, locale: str, text: Text | None) -> str | None:
    if text is None:
        return None
    return texts.lookup(locale, text.context, text.msgid) or MISSING


def lines(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the changes as lines for a person: the sentence, then each language, - before and + after."""
    for row in rows:
        yield row["says"]
        for one in row["texts"]:
            for mark, words in (("-", one["before"]), ("+", one["after"])):
                if words is not None:
                    first, *more = words.splitlines()
                    yield f"    {one['language']:<7} {mark} {first}"
                    yield from (f"            {mark} {line}".rstrip() for line in more)
