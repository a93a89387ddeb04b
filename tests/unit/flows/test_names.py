"""What is a name and what is a note: the same everywhere in a file."""

import pytest

from flows.errors import ScriptInvalid
from flows.script import parse

SOUND = """\
script: s
version: 1
party: customer
owner: staff
note: "A talk."
steps:
  - {id: a, do: look, outcomes: {done: end}, note: "Nobody sees it."}
  - {id: end, end: over}
"""


def test_notes_may_stand_anywhere() -> None:
    """On a step that nobody reads, and on the script."""
    assert parse(SOUND, "s.yaml").entry == "a"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{done: end}", "{done: true}", "FV108"),
        ("{done: end}", "{done: [end]}", "FV108"),
        ('"A talk."', "3", "FV106"),
        ('"Nobody sees it."', "[a]", "FV106"),
    ],
)
def test_what_is_none_is_refused(old: str, new: str, code: str) -> None:
    """`true` is no step: none could be called so."""
    with pytest.raises(ScriptInvalid, match=code):
        parse(SOUND.replace(old, new), "s.yaml")
