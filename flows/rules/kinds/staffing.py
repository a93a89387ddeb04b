"""Staffing: how many people come to a visit."""

from dataclasses import dataclass
from typing import Any

from flows.rules.finding import Finding, allowed_if
from flows.rules.kinds.reading import Fault, mapping, whole
from flows.rules.question import Question


@dataclass(frozen=True, slots=True)
class Team:
    """At least `least` people and, unless None, at most `most`."""

    least: int
    most: int | None


def read(value: Any) -> Team:
    """Read `{min: 2, max: 3}`. Raises Fault."""
    given = mapping(value, ("min",), ("max",))
    least = whole(given, "min", 1)
    if "max" not in given:
        return Team(least, None)
    most = whole(given, "max", 1)
    if most < least:
        raise Fault("`max` is below `min`: no team would fit", "max")
    return Team(least, most)


def judge(value: Team, question: Question, calendars: tuple[str, ...]) -> Finding:
    """Refuse a team that is too small or too large."""
    staff = question.action.staff
    return allowed_if(value.least <= staff and (value.most is None or staff <= value.most))


def within(child: Team, parent: Team) -> bool:
    """Does every team that fits the child fit the parent?"""
    capped = parent.most is None or (child.most is not None and child.most <= parent.most)
    return child.least >= parent.least and capped
