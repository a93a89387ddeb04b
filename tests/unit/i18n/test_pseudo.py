"""The made-up language: readable, longer, and never taken for a real one."""

import pytest

from bot.i18n import catalogues
from bot.i18n.pseudo import CLOSES, OPENS, PseudoCatalogues, disguise
from bot.library import scripts
from flows.script.texts import texts

REAL = catalogues.load()
PSEUDO = PseudoCatalogues(REAL)


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("Hello {name}.", "«Héllö {name}.~~~»"),
        ("Write /start now", "«Wrîté /start ñöw~~~~»"),
        ("42", "«42~»"),
    ],
)
def test_it_can_be_read(english: str, said: str) -> None:
    """Placeholders and commands are left as they are."""
    assert disguise(english) == said


def test_no_text_has_its_brackets() -> None:
    """What stands in brackets has been through the catalogues for sure."""
    said = [text.msgid for script in scripts()[1].values() for text in texts(script)]

    assert [one for one in said if OPENS in one or CLOSES in one] == []


def test_other_languages_are_as_they_are() -> None:
    """It takes the place of English alone."""
    text = next(iter(texts(scripts()[1]["help"])))

    assert PSEUDO.text("en", text.context, text.msgid) == disguise(text.msgid)
    assert PSEUDO.text("zh_Hans", text.context, text.msgid) == REAL.text("zh_Hans", text.context, text.msgid)
    assert PSEUDO.lookup("zh_Hans", "no/such", "text") is None
    assert PSEUDO.locales == REAL.locales


def test_counts_speak_it_too() -> None:
    """One row, two rows."""
    said = [PSEUDO.plural("en", "x", "{count} row", "{count} rows", n) for n in (1, 2)]

    assert said == [disguise("{count} row"), disguise("{count} rows")]
