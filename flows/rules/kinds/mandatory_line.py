"""Mandatory line: a sentence that a message, a call or a visit must carry."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import Any

from flows.rules.finding import ALLOWED, Finding, Line, Outcome
from flows.rules.kinds.reading import Fault, mapping, member
from flows.rules.question import Question

PLACEHOLDERS = frozenset({"creditor", "contact"})


class When(StrEnum):
    """In every contact, in the first with this customer, or in all after the first."""

    EVERY = "every"
    FIRST = "first"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Duty:
    """What must be said, ready as a finding, and when."""

    when: When
    finding: Finding


def read(value: Any) -> Duty:
    """Read `{line: opt_out, when: every, text: "Reply STOP."}`. Raises Fault."""
    given = mapping(value, ("line", "text"), ("when",))
    line = Line(_said(given, "line"), _fillable(_said(given, "text")))
    return Duty(member(given, "when", When, When.EVERY), Finding(Outcome.ALLOWED, line=line))


def _said(given: Mapping[str, Any], key: str) -> str:
    found = given[key]
    if not isinstance(found, str) or not found.strip():
        raise Fault(f"`{key}` says nothing", key)
    return found


def _fillable(text: str) -> str:
    """Return a text whose placeholders are the lender's name and how to reach it. Raises Fault for any other."""
    try:
        names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        raise Fault("`text`: write { and } only around a placeholder", "text") from None
    if not names <= PLACEHOLDERS:
        known = ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
        raise Fault(f"`text`: the placeholders are {known}", "text")
    return text


def judge(value: Duty, question: Question, calendars: tuple[str, ...]) -> Finding:
    """Allow, and ask for the line."""
    if value.when is When.EVERY:
        return value.finding
    return value.finding if _is_first(question) == (value.when is When.FIRST) else ALLOWED


def _is_first(question: Question) -> bool:
    facts = question.facts
    spoken = facts.first_contact_at is not None and facts.first_contact_at < question.at
    return not spoken and not any(not one.inbound and one.at < question.at for one in facts.contacts)
