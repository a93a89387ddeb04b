"""A button with the name of a right does what the right says."""

import pytest

from flows.script import link, parse
from flows.script.lint import Known, Start
from flows.script.lint.rights import hijacked

SOURCE = """\
script: s
version: 1
party: customer
owner: staff
interrupts:
  - {id: stop, label: "Stop", then: said}
  - {id: help, label: "Help", call: help}
  - {id: other, label: "Other", then: end}
steps:
  - {id: a, ask: "Well?", choices: [{id: on, label: "On", then: end}]}
  - {id: said, say: "All right.", then: stop}
  - {id: stop, do: stop_messages, outcomes: {done: end}}
  - {id: end, end: over}
"""
HELP = "script: help\nversion: 1\nparty: customer\nsteps: [{id: x, end: over}]\n"
KNOWN = Known(begun={"s": Start()}, rights={"stop": "stop_messages", "help": "help"})


def places(source: str, known: Known = KNOWN) -> list[tuple[int, tuple[str, ...]]]:
    scripts = link(parse(text, f"{number}.yaml") for number, text in enumerate((source, HELP)))
    return [(one.line, one.way) for one in hijacked(scripts["s"], known)]


def test_a_button_that_obeys_is_fine() -> None:
    """At once, after a word, or by the script of its name."""
    assert places(SOURCE) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('"Stop", then: said', '"Stop", then: end', [(6, ())]),
        ('"Stop", then: said', '"Stop", then: a', [(6, ("◀ Well?",))]),
        ('"All right.", then: stop', '"All right.", then: a', [(6, ("◀ All right.", "◀ Well?"))]),
        ("do: stop_messages", "do: look", [(6, ("◀ All right.", "  (look: done)"))]),
        ('"Stop", then: said', '"Stop", call: help', [(6, ())]),
        ('"Help", call: help', '"Help", then: a', [(7, ("◀ Well?",))]),
        ('"Stop", then: said', '"Stop", then: gone', []),
    ],
)
def test_one_that_does_not_is_found(old: str, new: str, found: list[tuple[int, tuple[str, ...]]]) -> None:
    """With what it comes to instead. A step that is not there is another proof's fault."""
    assert old in SOURCE
    assert places(SOURCE.replace(old, new)) == found


def test_staff_have_no_such_rights() -> None:
    """Neither in their own scripts, nor does a script count that only others run."""
    broken = SOURCE.replace('"Stop", then: said', '"Stop", then: end')
    assert places(broken.replace("party: customer", "party: collector")) == []
    assert places(broken, Known(rights=KNOWN.rights)) == []
