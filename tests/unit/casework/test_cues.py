"""Cue words offer a card, in three languages, without deciding anything."""

import pytest

from bot.casework.cues import Card, read_cues
from bot.library import cues
from flows.errors import ScriptInvalid


@pytest.mark.parametrize(
    ("words", "card"),
    [
        ("She said she wants to die.", Card.SELF_HARM),
        ("I can’t go on living like this", Card.SELF_HARM),
        ("他说不想活了", Card.SELF_HARM),
        ("她提到想輕生，又說媽媽住院", Card.SELF_HARM),
        ("His mother passed away in May.", Card.WELLBEING),
        ("客戶最近在化療", Card.WELLBEING),
        ("They asked us to leave", Card.LEAVE),
        ("There was a bar of chocolate on the table", None),
        ("A dye works, a diet, an audience", None),
        ("", None),
    ],
)
def test_which_card(words: str, card: Card | None) -> None:
    """The most pressing card that the words call for is offered; ordinary words call for none."""
    assert cues().card_for(words) is card


def test_a_file_without_a_language_is_refused() -> None:
    """Every card has phrases in every language, or the file is refused with its place."""
    whole = "{en: [x], zh_Hans: [x], zh_Hant: [x]}"
    source = f"self_harm: {{en: [a b]}}\nwellbeing: {whole}\nleave: {whole.replace('en: [x]', 'en: []')}\n"

    with pytest.raises(ScriptInvalid) as caught:
        read_cues(source, "cues.yaml")

    assert [(issue.line, issue.code) for issue in caught.value.issues] == [(1, "CU101"), (3, "CU101")]
