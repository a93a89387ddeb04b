"""Entry: whether a step may take place inside the dwelling."""

from enum import StrEnum
from typing import Any

from flows.rules.finding import ALLOWED, REFUSED, Finding
from flows.rules.kinds.consented import by_consent, consented
from flows.rules.kinds.reading import Fault
from flows.rules.question import Question


class Inside(StrEnum):
    """Only when the customer agreed to it, or never."""

    WITH_CONSENT = "with_consent"
    NEVER = "never"


def read(value: Any) -> Inside:
    """Read `with_consent` or `never`. Raises Fault for anything else."""
    if value not in set(Inside):
        raise Fault(f"write one of {', '.join(Inside)}")
    return Inside(value)


def judge(value: Inside, question: Question, calendars: tuple[str, ...]) -> Finding:
    """Refuse a step inside without the consent to `entry`."""
    if not question.action.inside:
        return ALLOWED
    if value is Inside.NEVER:
        return REFUSED
    return by_consent(question, lambda at: consented(question.facts, "entry", at))


def within(child: Inside, parent: Inside) -> bool:
    """Does the child let nobody in whom the parent does not?"""
    return child is Inside.NEVER or parent is Inside.WITH_CONSENT
