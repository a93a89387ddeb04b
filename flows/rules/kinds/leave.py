"""Leave: what, once seen or said at the door, ends a visit."""

from typing import Any

from flows.rules.finding import Finding, allowed_if
from flows.rules.kinds.reading import words
from flows.rules.question import Question


def read(value: Any) -> frozenset[str]:
    """Read the list of what ends a visit, such as `[asked, distress]`. Raises Fault."""
    return words(value)


def judge(value: frozenset[str], question: Question, calendars: tuple[str, ...]) -> Finding:
    """Refuse a step once one of these was noted."""
    return allowed_if(value.isdisjoint(question.facts.leave))


def within(child: frozenset[str], parent: frozenset[str]) -> bool:
    """Does the child end a visit for everything that its parent does?"""
    return child >= parent
