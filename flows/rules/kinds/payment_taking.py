"""Payment taking: who on a visit may take money from the customer."""

from typing import Any

from flows.rules.action import Role
from flows.rules.finding import Finding, allowed_if
from flows.rules.kinds.reading import Fault
from flows.rules.question import Question


def read(value: Any) -> frozenset[Role]:
    """Read `nobody`, or a list of roles. Raises Fault for anything else."""
    if value == "nobody":
        return frozenset()
    if not isinstance(value, list) or not value or any(one not in set(Role) for one in value):
        raise Fault(f"write nobody, or a list of {', '.join(Role)}")
    return frozenset(Role(one) for one in value)


def judge(value: frozenset[Role], question: Question, calendars: tuple[str, ...]) -> Finding:
    """Refuse a payment to anybody else."""
    return allowed_if(question.action.role in value)


def within(child: frozenset[Role], parent: frozenset[Role]) -> bool:
    """May nobody take a payment whom the parent does not let?"""
    return child <= parent
