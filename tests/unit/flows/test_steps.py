"""Branches, performances, calls and ends."""

from collections.abc import Callable
from typing import Any

import pytest

from flows.engine import Finished, Frame, Perform, SendText, Session, Started, Status, advance, open_options
from flows.engine.conditions import holds
from flows.errors import SessionUnreadable
from flows.script import Case, End, Operator, Party, Say, Script, Text

HEAD = "version: 1\nparty: customer\nsteps:\n"
END = "  - {id: end, end: completed}\n"


@pytest.mark.parametrize(
    ("operator", "wanted", "actual", "expected"),
    [
        ("equals", "a", "a", True),
        ("equals", True, 1, False),
        ("equals", 1, 1.0, True),
        ("not_equals", "a", "b", True),
        ("not_equals", "a", "a", False),
        ("one_of", ["a", "b"], "b", True),
        ("one_of", ["a", 1], True, False),
        ("one_of", "abc", "a", False),
        ("at_least", 3, 3, True),
        ("at_least", 3, 2.9, False),
        ("at_least", "2026-11-02", "2026-11-10", True),
        ("at_least", 3, "3", False),
        ("at_least", 3, None, False),
        ("at_most", 3, 3, True),
        ("at_most", 3, 4, False),
        ("present", True, 0, True),
        ("present", True, None, False),
        ("absent", True, None, True),
        ("absent", True, "", False),
    ],
)
def test_comparisons(operator: str, wanted: object, actual: object, expected: bool) -> None:  # noqa: FBT001
    """Each operator holds for what it says; what cannot be compared does not hold."""
    assert holds(Case("x", Operator(operator), wanted, "t"), {"x": actual}, {}) is expected


def test_a_value_of_the_session_comes_before_a_fact() -> None:
    """What the person said in this conversation is newer than what is on file."""
    case = Case("x", Operator.EQUALS, 1, "t")
    assert holds(case, {}, {"x": 1})
    assert not holds(case, {"x": 2}, {"x": 1})


BRANCH = f"""\
script: b
{HEAD}  - id: which
    branch:
      - {{if: a, equals: 1, then: one}}
      - {{if: a, at_least: 1, then: more}}
    otherwise: end
  - {{id: one, say: "One.", then: end, discloses_debt: true}}
  - {{id: more, say: "More.", then: end}}
{END}"""


@pytest.mark.parametrize(("a", "said"), [(1, ["One."]), (2, ["More."]), (0, [])])
def test_the_first_case_that_holds_decides(play: Callable[..., Any], a: int, said: list[str]) -> None:
    """Without one, `otherwise` does."""
    assert play(BRANCH, a=a).said == said


def test_a_line_says_whether_it_discloses(play: Callable[..., Any]) -> None:
    """The shell asks the rules before it sends such a line."""
    assert play(BRANCH, a=1).effects[0] == SendText(Text("b/one/say", "One."), discloses_debt=True)


DO = f"""\
script: d
{HEAD}  - id: act
    do: look_up
    args: {{kind: case}}
    outcomes: {{found: yes, otherwise: no}}
  - {{id: yes, say: "Found.", then: end}}
  - {{id: no, do: give_up, outcomes: {{done: end}}}}
{END}"""


def test_a_performance_is_the_last_order(play: Callable[..., Any]) -> None:
    """The shell performs and answers at once."""
    talk = play(DO)
    assert talk.effects[-1] == Perform("look_up", {"kind": "case"})
    assert talk.session.status is Status.PERFORMING
    assert open_options(talk.script, talk.session) == ()


def test_its_outcome_leads_on_and_its_values_stay(play: Callable[..., Any]) -> None:
    """Later steps can branch on the values."""
    talk = play(DO)
    talk.done("found", count=2)
    assert (talk.said, talk.session.values) == (["Found."], {"count": 2})


def test_otherwise_takes_any_other_outcome(play: Callable[..., Any]) -> None:
    """Without `otherwise` an undeclared outcome fails the conversation safely."""
    talk = play(DO)
    talk.done("unheard_of")
    assert talk.performed == ["give_up"]
    assert Finished("failed") in talk.done("unheard_of")


CALLER = f"""\
script: c
{HEAD}  - id: go
    call: sub
    outcomes: {{good: fine, otherwise: other}}
  - {{id: fine, say: "Fine.", then: end}}
  - {{id: other, call: strict, outcomes: {{good: end}}}}
{END}"""
SUB = f"""\
script: sub
{HEAD}  - id: which
    branch: [{{if: a, equals: 1, then: good}}]
    otherwise: bad
  - {{id: good, end: good}}
  - {{id: bad, end: bad}}
"""
STRICT = SUB.replace("script: sub", "script: strict")


def test_the_end_of_a_sub_script_leads_on(play: Callable[..., Any]) -> None:
    """Its outcome is looked up where it was called."""
    talk = play(CALLER, SUB, STRICT, a=1)
    assert (talk.said, talk.session.outcome) == (["Fine."], "completed")


def test_an_end_that_the_call_does_not_name_fails(play: Callable[..., Any]) -> None:
    """`otherwise` takes it where there is one; nowhere to go is a failed end, not a crash."""
    assert play(CALLER, SUB, STRICT, a=2).session.outcome == "failed"


def test_a_circle_without_a_question_ends_safely(play: Callable[..., Any]) -> None:
    """A script that would run for ever is failed within the turn."""
    talk = play(f'script: l\n{HEAD}  - {{id: a, say: "Round.", then: a}}\n')
    assert talk.session.outcome == "failed"
    assert len(talk.effects) <= 101


def test_a_way_to_nowhere_ends_safely() -> None:
    """A step that is missing fails the conversation."""
    script = Script("s", 1, Party.ANYONE, "a", {"a": Say("a", Text("s/a/say", "Hi."), "gone")})
    turn = advance(script, Session("s", 1), Started(talk_at()), {})
    assert turn.session.outcome == "failed"


def talk_at() -> Any:
    from datetime import UTC, datetime  # noqa: PLC0415

    return datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("frame", "status"),
    [
        (Frame("s", "gone"), Status.WAITING),
        (Frame("other", "a"), Status.WAITING),
        (Frame("s", "a"), Status.WAITING),
    ],
)
def test_a_session_of_another_script_is_refused(frame: Frame, status: Status) -> None:
    """A stored session that does not fit its script is a fault of the deployment, and says so."""
    script = Script("s", 1, Party.ANYONE, "a", {"a": End("a", "over")})
    with pytest.raises(SessionUnreadable):
        open_options(script, Session("s", 1, status, (frame,)))
