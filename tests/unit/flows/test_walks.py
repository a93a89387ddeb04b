"""The ways that a turn tells, and what they make up of a script."""

import pytest

from bot import library
from flows.engine import Walked
from flows.engine.events import Signalled
from flows.script.ways import Kind
from flows.walks import every_way, walks
from tests.unit.flows.conftest import Play, Player

ROOT = """\
script: root
version: 1
party: anyone
interrupts:
  - {id: aside, label: "Aside", call: sub, outcomes: {other: last}}
  - {id: leave, label: "Leave", then: over}
signals: [{id: ended, then: over}]
timeouts: [{id: late, after: P9D, then: over}]
steps:
  - {id: hello, say: "Hello.", then: first}
  - id: first
    ask: "First?"
    input: text
    then: look
    save: word
    choices_from: days
    choices: [{id: go, label: "Go", then: runs}]
    timeouts: [{id: nudge, after: PT1H, do: ring}, {id: soon, after: P1D, then: over}]
  - {id: look, branch: [{if: word, one_of: [a, b], then: does}], otherwise: last}
  - {id: does, do: ring, outcomes: {done: last, otherwise: over}}
  - {id: runs, call: sub, outcomes: {met: last, otherwise: over}}
  - id: last
    ask: "Last?"
    choices: [{id: bye, label: "Bye", then: over}]
  - {id: over, end: over}
"""
SUB = """\
script: sub
version: 1
party: anyone
steps:
  - id: inner
    ask: "Inner?"
    choices: [{id: "yes", label: "Yes", then: met}, {id: other, label: "Other", then: other}]
  - {id: met, end: met}
  - {id: other, end: other}
"""


@pytest.fixture
def player(play: Play) -> Player:
    return play(ROOT, SUB)


def walked(player: Player) -> list[tuple[str, str, str, str]]:
    return [(one.script, one.step, str(one.kind), one.name) for one in player.walked]


def test_a_turn_tells_its_ways(player: Player) -> None:
    """Each in order: what was said, what was typed, which case held, what was done and came of it."""
    assert walked(player) == [("root", "hello", "said", "")]
    player.type("a")
    assert walked(player) == [("root", "first", "typed", ""), ("root", "look", "found", "word one_of a, b")]
    player.done("done")
    assert walked(player) == [("root", "does", "done", "done")]
    player.tap("bye")
    assert walked(player) == [("root", "last", "tapped", "bye")]


def test_what_has_no_name_of_its_own_goes_by_otherwise(player: Player) -> None:
    """No case holds, another outcome, another end."""
    player.type("c")
    assert walked(player)[1:] == [("root", "look", "found", "otherwise")]


def test_outcomes_and_ends_that_go_by_otherwise(player: Player, play: Play) -> None:
    """Where a deed or a sub-script comes to something that is not named."""
    player.type("b")
    player.done("something")
    assert walked(player) == [("root", "does", "done", "otherwise")]
    other = play(ROOT, SUB)
    other.tap("go")
    other.tap("other")
    assert walked(other) == [("sub", "inner", "tapped", "other"), ("root", "runs", "ended", "otherwise")]


def test_ways_from_wherever_one_stands(player: Player, play: Play) -> None:
    """Permanent choices and where their sub-scripts lead, signals, timeouts of the whole script."""
    player.tap("aside")
    assert walked(player) == [("root", "", "raised", "aside")]
    player.tap("other")
    assert walked(player) == [("sub", "inner", "tapped", "other"), ("root", "", "ended", "aside/other")]
    player.give(Signalled(player.at, "ended"))
    assert walked(player) == [("root", "", "signalled", "ended")]
    late = play(ROOT, SUB)
    late.fire("root.first.nudge")
    assert walked(late) == [("root", "first", "timed", "nudge")]
    late.done("done")
    late.fire("root.late")
    assert walked(late) == [("root", "", "timed", "late")]


def test_an_aside_that_leads_back_takes_no_way_at_its_end(player: Player) -> None:
    """The question is shown again; nobody went anywhere."""
    player.tap("aside")
    player.tap("yes")
    assert walked(player) == [("sub", "inner", "tapped", "yes")]


def test_what_is_left_is_named(player: Player) -> None:
    """Steps that nobody came to and ways that nobody took, each with its line."""
    script = player.script
    taken = {Walked("root", "first", Kind.TYPED, ""), Walked("root", "look", Kind.FOUND, "otherwise")}

    found = walks(script, taken)

    assert (found.steps, found.ways) == (7, len(every_way(script)))
    assert set(found.unwalked) == set(every_way(script)) - taken
    assert found.unwalked[Walked("root", "first", Kind.TIMED, "nudge")].line == 18
    assert found.untrodden == ("does", "runs", "over")


def test_every_way_is_one_that_a_turn_can_tell(player: Player) -> None:
    """All that a script has: each kind by the name that the engine gives it."""
    assert {(one.step, str(one.kind), one.name) for one in every_way(player.script)} == {
        ("hello", "said", ""),
        ("first", "tapped", "go"),
        ("first", "typed", ""),
        ("first", "timed", "nudge"),
        ("first", "timed", "soon"),
        ("look", "found", "word one_of a, b"),
        ("look", "found", "otherwise"),
        ("does", "done", "done"),
        ("does", "done", "otherwise"),
        ("runs", "ended", "met"),
        ("runs", "ended", "otherwise"),
        ("last", "tapped", "bye"),
        ("", "raised", "aside"),
        ("", "raised", "leave"),
        ("", "ended", "aside/other"),
        ("", "signalled", "ended"),
        ("", "timed", "late"),
    }


@pytest.mark.parametrize("name", sorted(library.scripts()[1]))
def test_a_released_script_walked_whole(name: str) -> None:
    """Whoever took every way of it has left nothing out."""
    script = library.scripts()[1][name]

    found = walks(script, every_way(script))

    assert (found.unwalked, found.untrodden) == ({}, ())
