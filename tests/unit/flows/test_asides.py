"""Permanent choices: always there, and the way back is kept."""

from collections.abc import Callable
from typing import Any

import pytest

from flows.engine import ClosePrompt, RejectInput

ROOT = """\
script: root
version: 1
party: collector
owner: staff
interrupts:
  - {id: leave, label: "Leave", then: left}
  - {id: help, label: "Help", call: help, outcomes: {stop: left}}
  - {id: note, label: "Note", call: note}
  - {id: both, label: "Both", call: both}
steps:
  - id: first
    ask: "First?"
    choices: [{id: go, label: "Go", then: second}]
  - id: second
    ask: "Second?"
    choices: [{id: sub, label: "Sub", then: in_sub}, {id: end, label: "End", then: end}]
  - {id: in_sub, call: visit, outcomes: {otherwise: end}}
  - {id: left, say: "Left.", then: end}
  - {id: end, end: over}
"""
HELP = """\
script: help
version: 1
party: anyone
owner: staff
interrupts: [{id: own, label: "Own", then: deeper}, {id: leave, label: "Leave help", then: calm}]
steps:
  - id: help
    ask: "Help?"
    choices: [{id: calm, label: "Calm", then: calm}, {id: stop, label: "Stop", then: stop}]
  - id: deeper
    ask: "Deeper?"
    choices: [{id: calm, label: "Calm", then: calm}]
  - {id: calm, end: calm}
  - {id: stop, end: stop}
"""
NOTE = """\
script: note
version: 1
party: anyone
steps:
  - {id: noted, say: "Noted.", then: end}
  - {id: end, end: noted}
"""
VISIT = """\
script: visit
version: 1
party: anyone
owner: staff
interrupts: [{id: quit, label: "Quit", call: confirm, outcomes: {sure: out}}]
steps:
  - id: inside
    ask: "Inside?"
    choices: [{id: out, label: "Out", then: out}]
  - {id: out, end: out}
"""
CONFIRM = """\
script: confirm
version: 1
party: anyone
owner: staff
steps:
  - id: sure
    ask: "Sure?"
    choices: [{id: yes, label: "Yes", then: sure_end}, {id: no, label: "No", then: unsure}]
  - {id: sure_end, end: sure}
  - {id: unsure, end: unsure}
"""
BOTH = """\
script: both
version: 1
party: anyone
steps:
  - {id: visit, call: visit, outcomes: {out: help}}
  - {id: help, call: help, outcomes: {otherwise: end}}
  - {id: end, end: both}
"""


@pytest.fixture
def talk(play: Callable[..., Any]) -> Any:
    return play(ROOT, HELP, NOTE, VISIT, CONFIRM, BOTH)


def stack(talk: Any) -> list[str]:
    return [frame.script for frame in talk.session.frames]


def test_permanent_choices_stand_under_every_question(talk: Any) -> None:
    """A sub-script has its own, and the root's with them."""
    assert talk.buttons == ["go", "leave", "help", "note", "both"]
    talk.tap("help")
    assert talk.buttons == ["calm", "stop", "own", "leave", "help", "note", "both"]


def test_one_with_a_step_leaves_for_it(talk: Any) -> None:
    """The question is abandoned."""
    effects = talk.tap("leave")
    assert isinstance(effects[0], ClosePrompt)
    assert effects[0].chosen is not None
    assert effects[0].chosen.id == "leave"
    assert (talk.said, talk.session.outcome) == (["Left."], "over")


def test_one_with_a_script_returns_to_the_question(talk: Any) -> None:
    """The question is sent again at the end of the chat."""
    talk.tap("note")
    assert talk.said == ["Noted.", "First?"]
    assert (talk.prompt.again, talk.prompt.prompt_no, stack(talk)) == (True, 2, ["root"])


def test_an_outcome_that_it_names_leads_away(talk: Any) -> None:
    """To a step of the script that declares the choice."""
    talk.tap("help")
    talk.tap("stop")
    assert talk.said == ["Left."]


def test_the_nearer_of_two_of_the_same_name_counts(talk: Any) -> None:
    """A sub-script may give a permanent choice a meaning of its own."""
    talk.tap("help")
    talk.tap("leave")
    assert talk.said == ["First?"]


def test_a_sub_script_s_own_leads_within_it(talk: Any) -> None:
    """Its steps are those of the sub-script."""
    talk.tap("help")
    talk.tap("own")
    assert (talk.said, stack(talk)) == (["Deeper?"], ["root", "help"])


def test_one_declared_below_works_from_above(talk: Any) -> None:
    """From a called sub-script the root's choice leads to the root's step."""
    talk.tap("go")
    talk.tap("sub")
    talk.tap("leave")
    assert talk.said == ["Left."]


def test_an_outcome_leads_from_above_to_where_the_choice_stands(talk: Any) -> None:
    """The root's help, opened in a called sub-script, leads away to the root's step."""
    talk.tap("go")
    talk.tap("sub")
    talk.tap("help")
    talk.tap("stop")
    assert talk.said == ["Left."]


def test_a_choice_of_the_question_comes_before_a_permanent_one(play: Callable[..., Any]) -> None:
    """The proofs refuse such a script; here the buttons stay unambiguous, and the command still works."""
    talk = play(ROOT.replace("id: go, label", "id: leave, label"), HELP, NOTE, VISIT, CONFIRM, BOTH)
    assert talk.buttons == ["leave", "help", "note", "both"]
    talk.tap("leave")
    assert talk.said == ["Second?"]
    talk.tap("back")
    talk.raise_("leave")
    assert talk.said == ["Left."]


def test_an_outcome_leads_on_in_the_script_that_declares_it(talk: Any) -> None:
    """A choice of a called sub-script leads to that sub-script's step."""
    talk.tap("go")
    talk.tap("sub")
    talk.tap("quit")
    assert stack(talk) == ["root", "visit", "confirm"]
    talk.tap("yes")
    assert talk.session.outcome == "over"


def test_a_command_does_what_the_button_does(talk: Any) -> None:
    """Whatever prompt is open."""
    talk.raise_("help")
    assert talk.said == ["Help?"]
    assert talk.raise_("leave")[0].chosen.permanent


def test_an_unknown_command_is_refused(talk: Any) -> None:
    """The session stays the very same."""
    before = talk.session
    assert talk.raise_("dance") == (RejectInput(None, "unknown_interrupt"),)
    assert talk.session is before


def test_what_is_already_open_begins_anew(talk: Any) -> None:
    """Asking for help twice does not stack up, and one return leads back to the question."""
    talk.tap("help")
    talk.tap("own")
    talk.tap("help")
    assert (talk.said, stack(talk)) == (["Help?"], ["root", "help"])
    talk.tap("calm")
    assert talk.said == ["First?"]


def test_what_might_stand_twice_on_the_stack_is_left_first(talk: Any) -> None:
    """A call that was cut short so begins again on the return."""
    talk.tap("go")
    talk.tap("sub")
    talk.tap("both")
    assert stack(talk) == ["root", "both", "visit"]
    talk.tap("out")
    talk.tap("calm")
    assert (talk.said, stack(talk)) == (["Inside?"], ["root", "visit"])
