"""The markers of texts in code."""

import pytest

from bot.i18n.text import P, T


def test_a_text_knows_its_placeholders() -> None:
    """Placeholders are listed in order, each once."""
    text = T("greeting", "{name} at {time}, {name}")
    assert text.names == ("name", "time")
    assert (text.context, text.msgid) == ("greeting", "{name} at {time}, {name}")


def test_a_plural_knows_the_placeholders_of_both_forms() -> None:
    """A singular may leave the count out; the plural's placeholders count as well."""
    assert P("rows", "One row of {file}", "{count} rows of {file}").names == ("file", "count")


def test_an_open_brace_is_noticed() -> None:
    """A text with an open brace cannot be declared."""
    with pytest.raises(ValueError, match="expected '}'"):
        T("broken", "Hello {name")
