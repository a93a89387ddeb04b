"""The approach brief of a visit: what to know, what to avoid, what to do if it goes otherwise. Codes, in their order.

The advice follows from the facts by a table, so that two teams with the same facts are told the same. It says how to
behave and never how to press.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Section(StrEnum):
    """The three parts of a brief."""

    KNOW = "know"
    AVOID = "avoid"
    IF = "if"


@dataclass(frozen=True, slots=True)
class Approach:
    """What is known of a customer before a visit. None: not known."""

    confirmed: bool = False
    chose_the_time: bool = False
    vulnerable: bool = False
    promises_kept: int = 0
    promises_broken: int = 0
    earlier_visits: int = 0
    asked_to_leave_before: bool = False
    nobody_home_before: bool = False
    other_language: bool = False
    income_known: bool = False
    big_household: bool | None = None


Applies = Callable[[Approach], bool]


def _always(_known: Approach) -> bool:
    return True


_ADVICE: Sequence[tuple[Section, str, Applies]] = (
    (Section.KNOW, "not_confirmed", lambda known: not known.confirmed),
    (Section.KNOW, "chose_the_time", lambda known: known.chose_the_time),
    (Section.KNOW, "vulnerable", lambda known: known.vulnerable),
    (Section.KNOW, "first_visit", lambda known: known.earlier_visits == 0),
    (Section.KNOW, "been_before", lambda known: known.earlier_visits > 0),
    (Section.KNOW, "keeps_promises", lambda known: known.promises_kept > known.promises_broken),
    (Section.KNOW, "income_unknown", lambda known: not known.income_known),
    (Section.KNOW, "big_household", lambda known: bool(known.big_household)),
    (Section.AVOID, "before_identity", _always),
    (Section.AVOID, "reproach", lambda known: known.promises_broken > 0),
    (Section.AVOID, "decide_today", lambda known: known.vulnerable),
    (Section.AVOID, "interpreter_child", lambda known: known.other_language),
    (Section.AVOID, "inside_uninvited", lambda known: known.asked_to_leave_before),
    (Section.IF, "nobody_home", _always),
    (Section.IF, "nobody_home_again", lambda known: known.nobody_home_before),
    (Section.IF, "asked_to_leave", _always),
    (Section.IF, "upset", _always),
    (Section.IF, "too_much", lambda known: known.vulnerable),
)


def brief(known: Approach) -> dict[Section, list[str]]:
    """Return the codes of the advice for each section, in the order in which it is read."""
    found: dict[Section, list[str]] = {section: [] for section in Section}
    for section, code, applies in _ADVICE:
        if applies(known):
            found[section].append(code)
    return found


def codes() -> Sequence[str]:
    """Return every code that a brief can hold: each needs a text."""
    return [code for _, code, _ in _ADVICE]
