"""The file of what nobody is told: read, and refused with what to write."""

import re

import pytest

from flows.script.lint.wording_file import read_wording

SOUND = "- {say: 'arrest\\w*', why: nobody is, source: us-false}"


def test_a_phrase_is_found_whatever_its_case() -> None:
    """The pattern finds it in any case; the language is the file's."""
    (phrase,) = read_wording(SOUND, "en")

    assert phrase.locale == "en"
    assert phrase.why == "nobody is"
    assert phrase.pattern.search("You will be ARRESTED.")
    assert not phrase.pattern.search("Take a rest.")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("say: x", "write a list"),
        ("- arrest", "why"),
        ("- {say: x, why: y}", "source"),
        ("- {say: x, why: y, source: z, packs: [UK]}", "each a text"),
        ("- {say: 1, why: y, source: z}", "each a text"),
        ("- {say: '(', why: y, source: z}", "no pattern"),
    ],
)
def test_what_is_wrong_with_it_is_said(source: str, says: str) -> None:
    """Each entry has three texts, the first of them a pattern."""
    with pytest.raises(ValueError, match=re.escape(says)):
        read_wording(source, "en")
