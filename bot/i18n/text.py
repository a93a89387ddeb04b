"""Markers for the texts in code: the extraction finds them, the linters know their placeholders.

    GREETING = T("intake/greeting", "Hello {customer_name}.")
    REJECTED = P("import/rejected", "{count} row was rejected.", "{count} rows were rejected.")

The first argument is the context: where the text stands, for the translator. Both must be literals.
"""

from dataclasses import dataclass
from string import Formatter

from flows.script.model import Text


def line_context(line: str) -> str:
    """Return the context of a mandatory line of the rule packs, by its id."""
    return f"rules/{line}"


def title_context(rule_id: str) -> str:
    """Return the context of a rule's title, by the rule's id: a title that a later version rewords is another text."""
    return f"rule/{rule_id}"


@dataclass(frozen=True, slots=True)
class Plural:
    """A text that depends on a count; `names` are the placeholders of either form."""

    context: str
    singular: str
    plural: str
    names: tuple[str, ...] = ()


def names_in(english: str) -> tuple[str, ...]:
    """Return the placeholders of a text in order, each once. Raises ValueError when a brace is left open."""
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(english) if name is not None))


def T(context: str, english: str) -> Text:  # noqa: N802 - as short as gettext's underscore
    """Declare a text."""
    return Text(context, english, names_in(english))


def P(context: str, singular: str, plural: str) -> Plural:  # noqa: N802 - as short as gettext's underscore
    """Declare a text with a singular and a plural."""
    return Plural(context, singular, plural, names_in(singular + plural))
