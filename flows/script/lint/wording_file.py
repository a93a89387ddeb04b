"""Reading a file of what nobody is told."""

import re
from collections.abc import Mapping

from flows.script.document import compose, plain
from flows.script.lint.known import Phrase

KEYS = {"say", "why", "source"}


def read_wording(source: str, locale: str) -> list[Phrase]:
    """Return the phrases of a file: a list of `{say: PATTERN, why: ..., source: ...}`. Raises ValueError."""
    rows = plain(compose(source, locale))
    return [_phrase(row, locale) for row in (rows if isinstance(rows, list) else [rows])]


def _phrase(row: object, locale: str) -> Phrase:
    texts = row if isinstance(row, Mapping) and all(isinstance(one, str) for one in row.values()) else {}
    if set(texts) != KEYS:
        raise ValueError(f"write a list, each entry with the keys {', '.join(sorted(KEYS))}, each a text")
    try:
        return Phrase(locale, re.compile(texts["say"], re.IGNORECASE), texts["why"])
    except re.error as error:
        raise ValueError(f"`{texts['say']}` is no pattern: {error}") from None
