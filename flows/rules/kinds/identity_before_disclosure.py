"""Identity before disclosure: nothing about the debt before the right party is established."""

from typing import Any

from flows.rules.finding import Finding, allowed_if
from flows.rules.kinds.reading import Fault
from flows.rules.question import Question


def read(value: Any) -> bool:
    """Read `true`. Raises Fault for anything else."""
    if value is not True:
        raise Fault("write true: a pack may leave this rule out, never turn it off")
    return True


def judge(value: bool, question: Question, calendars: tuple[str, ...]) -> Finding:  # noqa: FBT001
    """Refuse a disclosure before identity."""
    return allowed_if(not question.action.discloses_debt or question.facts.identity_established)
