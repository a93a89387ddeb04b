"""What is allowed by a consent alone: now, from when it begins, or not at all."""

from collections.abc import Callable
from datetime import datetime

from flows.rules.facts import Facts
from flows.rules.finding import ALLOWED, Finding, wait_until
from flows.rules.question import Question, earliest


def consented(facts: Facts, to: str, at: datetime) -> bool:
    """Is there a consent to it, in any form, that holds at that instant?"""
    return any(
        one.to == to and one.since <= at and (one.until is None or at < one.until) for one in facts.consents
    )


def by_consent(question: Question, allowed: Callable[[datetime], bool]) -> Finding:
    """Allowed, or wait for the first consent with which it is."""
    if allowed(question.at):
        return ALLOWED
    begins = sorted(one.since for one in question.facts.consents)
    return wait_until(earliest(question.at, begins, allowed))
