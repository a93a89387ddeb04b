"""A made-up language that anybody who reads English can read: what is not translated, or has no room, shows in it.

Each text stands in « », its letters with accents, and is a third longer, as German or Finnish would be. What is outside
of the brackets on a screen never went through the catalogues.
"""

import re
from math import ceil

from bot.i18n.catalogues import Catalogues
from bot.i18n.negotiate import DEFAULT

OPENS, CLOSES = "«", "»"
GROWTH = 0.33
_ACCENTS = str.maketrans("AEIOUCNSYaeioucnsy", "ÅÉÎÖÛÇÑŠÝåéîöûçñšý")
_KEPT = re.compile(r"(\{\w*\}|/\w+)")  # placeholders, and commands, which are the same in every language


def disguise(english: str) -> str:
    """Return an English text in the made-up language, its placeholders and commands as they are."""
    parts = _KEPT.split(english)
    said = "".join(part if place % 2 else part.translate(_ACCENTS) for place, part in enumerate(parts))
    letters = sum(len(part) for part in parts[::2])
    return f"{OPENS}{said}{'~' * ceil(letters * GROWTH)}{CLOSES}"


class PseudoCatalogues(Catalogues):
    """Speaks the made-up language where English is asked for, and every other language as it is."""

    def __init__(self, real: Catalogues) -> None:
        self._real = real

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages, the made-up one in the place of English."""
        return self._real.locales

    def lookup(self, locale: str, context: str, msgid: str) -> str | None:
        """Return what to say, or None where a language lacks it."""
        found = self._real.lookup(locale, context, msgid)
        return disguise(found) if found is not None and locale == DEFAULT else found

    def plural(self, locale: str, context: str, singular: str, plural: str, n: int) -> str:
        """Return the form for `n`. Raises ConfigError when another language than English lacks it."""
        found = self._real.plural(locale, context, singular, plural, n)
        return disguise(found) if locale == DEFAULT else found
