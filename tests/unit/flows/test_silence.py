"""Nobody is written to for ever because they do not answer."""

import pytest

from flows.script import link, parse
from flows.script.lint import Known
from flows.script.lint.silence import nagging

ASKS = """\
script: s
version: 1
party: customer
timeouts: [{id: over, after: P9D, then: a}]
steps:
  - {id: a, call: sub, outcomes: {answered: end, silent: b}}
  - id: b
    ask: "Well?"
    choices: [{id: again, label: "Again", then: a}]
    timeouts: [{id: later, after: P1D, then: end}, {id: tell, after: PT1H, do: look}]
  - {id: end, end: over}
"""
SUB = """\
script: sub
version: 1
party: customer
steps:
  - id: x
    ask: "Hello?"
    choices: [{id: on, label: "On", then: answered}]
    timeouts: [{id: late, after: PT1H, then: silent}]
  - {id: answered, end: answered}
  - {id: silent, end: silent}
"""


def found(source: str) -> list[tuple[str, str, tuple[str, ...]]]:
    scripts = link(parse(text, f"{number}.yaml") for number, text in enumerate((source, SUB)))
    return [(one.code, one.message.split("`")[1], one.way) for one in nagging(scripts["s"], Known())]


def test_what_ends_is_fine() -> None:
    """After an answer one may ask again, a timeout of the script fires once, one with `do` ends nothing."""
    assert found(ASKS) == []


def test_silence_in_another_script_counts() -> None:
    """A script that ends when nobody answers may not be run again because of that alone."""
    ((code, step, way),) = found(ASKS.replace("silent: b", "silent: a"))

    assert (code, step) == ("FV212", "a")
    assert way == ("◀ Hello?", "  (nobody answers: late)")


@pytest.mark.parametrize(("target", "steps"), [("b", ["b"]), ("a", ["a", "b"])])
def test_a_question_may_not_wake_itself(target: str, steps: list[str]) -> None:
    """At once, or by way of another."""
    assert [
        step for _, step, _ in found(ASKS.replace("after: P1D, then: end", f"after: P1D, then: {target}"))
    ] == steps
