"""What others do ends what is going on here."""

from collections.abc import Callable
from typing import Any

import pytest

from flows.errors import ScriptInvalid
from flows.script import Issue, link, parse
from flows.script.lint import Known, lint

SCRIPT = """\
script: root
version: 1
party: anyone
interrupts:
  - {id: note, label: "Note", call: note}
signals:
  - {id: ended, then: gone}
timeouts:
  - {id: over, after: PT1H, then: end}
steps:
  - {id: a, ask: "A?", choices: [{id: next, label: "Next", then: b}]}
  - {id: b, ask: "B?", choices: [{id: next, label: "Next", then: end}]}
  - {id: gone, ask: "Gone?", choices: [{id: out, label: "Out", then: end}]}
  - {id: end, end: over}
"""
NOTE = """\
script: note
version: 1
party: anyone
timeouts:
  - {id: over, after: PT1H, then: out}
steps:
  - {id: x, ask: "X?", choices: [{id: stay, label: "Stay", then: x}]}
  - {id: out, end: out}
"""


@pytest.fixture
def talk(play: Callable[..., Any]) -> Any:
    return play(SCRIPT, NOTE)


def test_a_signal_leaves_whatever_is_open(talk: Any) -> None:
    """The question and the aside above it are over, and Back does not lead to them."""
    talk.tap("next")
    talk.tap("note")
    talk.signal("ended")
    assert talk.said == ["Gone?"]
    assert (len(talk.session.frames), "back" in talk.buttons) == (1, False)
    assert "note.over" in talk.cancelled


def test_a_signal_has_no_button(talk: Any) -> None:
    """Nobody here can tap it."""
    assert talk.buttons == ["next", "note"]


def test_an_unknown_signal_moves_nothing(talk: Any) -> None:
    """A script that has none for it goes on as it was."""
    before = talk.session
    assert talk.signal("other") == ()
    assert talk.session is before


def test_back_works_after_an_aside_that_was_left_within(play: Callable[..., Any]) -> None:
    """A choice that is permanent in the aside alone leads within it: what lies beneath was not abandoned."""
    note = NOTE.replace("timeouts:", 'interrupts:\n  - {id: none, label: "None", then: out}\ntimeouts:')
    talk = play(SCRIPT, note)
    talk.tap("next")
    talk.tap("note")
    talk.tap("none")
    assert talk.said == ["B?"]
    talk.tap("back")
    assert talk.said == ["A?"]


def test_a_signal_leads_to_a_step() -> None:
    """One that leads nowhere is a fault of the script, told with its line."""
    scripts = [parse(SCRIPT.replace("then: gone}", "then: nowhere}"), "root.yaml"), parse(NOTE, "note.yaml")]
    found = [(issue.code, issue.line) for issue in lint(link(scripts)["root"], Known())]
    assert ("FV201", 7) in found


def test_a_signal_stands_once() -> None:
    """Two of the same name would leave it open where it leads."""
    with pytest.raises(ScriptInvalid) as caught:
        parse(SCRIPT.replace("signals:", "signals:\n  - {id: ended, then: end}"), "root.yaml")
    assert [issue.code for issue in caught.value.issues if isinstance(issue, Issue)] == ["FV109"]
