"""Back: to the question before, never across what cannot be undone."""

from collections.abc import Callable
from typing import Any

import pytest

from flows.engine import BACK, ClosePrompt

SCRIPT = """\
script: b
version: 1
party: collector
owner: staff
interrupts:
  - {id: note, label: "Note", call: note}
  - {id: jump, label: "Jump", then: d}
timeouts: [{id: late, after: P1D, then: d}]
steps:
  - id: a
    ask: "A?"
    choices: [{id: next, label: "Next", then: b}]
  - id: b
    ask: "B?"
    choices: [{id: next, label: "Next", then: free}, {id: sub, label: "Sub", then: sub}]
  - {id: free, do: look, repeatable: true, outcomes: {done: c}}
  - id: c
    ask: "C?"
    choices: [{id: next, label: "Next", then: act}, {id: round, label: "Round", then: a}]
  - {id: act, do: act, outcomes: {done: d}}
  - id: d
    ask: "D?"
    choices: [{id: next, label: "Next", then: e}]
  - id: e
    ask: "E?"
    back: false
    choices: [{id: next, label: "Next", then: sub}, {id: d, label: "D", then: d}]
  - {id: sub, call: sub, outcomes: {otherwise: f}}
  - id: f
    ask: "F?"
    choices: [{id: next, label: "Next", then: end}]
  - {id: end, end: over}
"""
SUB = """\
script: sub
version: 1
party: anyone
owner: staff
timeouts: [{id: silent, after: PT1H, then: end}]
steps:
  - id: x
    ask: "X?"
    choices: [{id: next, label: "Next", then: y}]
  - id: y
    ask: "Y?"
    choices: [{id: next, label: "Next", then: end}]
  - {id: end, end: done}
"""
NOTE = SUB.replace("script: sub", "script: note")


@pytest.fixture
def talk(play: Callable[..., Any]) -> Any:
    return play(SCRIPT, SUB, NOTE)


def walk(talk: Any, *taps: str) -> None:
    for tap in taps:
        talk.tap(tap)
        if talk.performed:
            talk.done("done")


def test_the_first_question_has_no_back(talk: Any) -> None:
    """There is nothing behind it."""
    assert "back" not in talk.buttons


def test_back_asks_the_question_before(talk: Any) -> None:
    """The prompt closes with Back, and answering again goes on as before."""
    walk(talk, "next")
    assert talk.tap("back")[0] == ClosePrompt(2, BACK)
    assert (talk.said, talk.prompt.again) == (["A?"], False)
    walk(talk, "next")
    assert talk.said == ["B?"]


def test_back_leads_on_back(talk: Any) -> None:
    """Question by question, to the first."""
    walk(talk, "next", "next", "back", "back")
    assert (talk.said, "back" in talk.buttons) == (["A?"], False)


def test_back_crosses_what_may_be_repeated(talk: Any) -> None:
    """A look-up does no harm twice."""
    walk(talk, "next", "next", "back")
    assert talk.said == ["B?"]


def test_back_never_crosses_what_was_done(talk: Any) -> None:
    """After a performance that may not be repeated there is no Back."""
    walk(talk, "next", "next", "next")
    assert (talk.said, "back" in talk.buttons) == (["D?"], False)


def test_a_question_may_refuse_back(talk: Any) -> None:
    """The trail is kept for the questions after it."""
    walk(talk, "jump", "next")
    assert "back" not in talk.buttons
    walk(talk, "d")
    assert talk.said == ["D?"]


def test_a_round_leaves_no_trail(talk: Any) -> None:
    """Coming to a question again forgets the way since it was first asked."""
    walk(talk, "next", "next", "round")
    assert (talk.said, "back" in talk.buttons) == (["A?"], False)


def test_back_leads_out_of_a_called_script(talk: Any) -> None:
    """Its frame and its timers are gone."""
    walk(talk, "next", "sub")
    assert "sub.silent" in talk.session.timers
    walk(talk, "back")
    assert (talk.said, len(talk.session.frames)) == (["B?"], 1)
    assert set(talk.session.timers) == {"b.late"}


def test_back_does_not_lead_into_a_script_that_has_ended(talk: Any) -> None:
    """The end of a call is a barrier."""
    walk(talk, "next", "sub", "next", "next")
    assert (talk.said, "back" in talk.buttons) == (["F?"], False)


def test_back_within_an_aside_stays_within_it(talk: Any) -> None:
    """Its first question has no Back to what lies beneath; its second has one."""
    walk(talk, "next", "note")
    assert (talk.said, "back" in talk.buttons) == (["X?"], False)
    walk(talk, "next", "back")
    assert talk.said == ["X?"]


def test_the_trail_beneath_an_aside_is_kept(talk: Any) -> None:
    """A note taken in between does not cost the collector the way back."""
    walk(talk, "next", "note", "next", "next")
    assert talk.said == ["B?"]
    walk(talk, "back")
    assert talk.said == ["A?"]


@pytest.mark.parametrize("leave", ["jump", "late"])
def test_back_does_not_undo_a_leap(talk: Any, leave: str) -> None:
    """Neither a permanent choice nor a timeout is a question that was answered."""
    walk(talk, "next")
    talk.tap(leave) if leave == "jump" else talk.fire("b.late")
    assert (talk.said, "back" in talk.buttons) == (["D?"], False)
