"""Occasion blackout: no contact in a time of mourning, at a wedding, in a calamity, at a festival."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flows.rules.days import DAY, first_instant
from flows.rules.facts import Occasion
from flows.rules.finding import ALLOWED, REFUSED, Finding, wait_until
from flows.rules.kinds.reading import mapping, whole, words
from flows.rules.question import Question, earliest


@dataclass(frozen=True, slots=True)
class Blackout:
    """On these occasions, and so many days after their last day."""

    occasions: frozenset[str]
    days_after: int

    def ends(self, one: Occasion) -> date:
        """Return the last day without contact."""
        return one.last_day + DAY * self.days_after


def read(value: Any) -> Blackout:
    """Read `{occasions: [bereavement, wedding], days_after: 0}`. Raises Fault."""
    given = mapping(value, ("occasions",), ("days_after",))
    return Blackout(words(given["occasions"], "occasions"), whole(given, "days_after", 0, 0))


def judge(value: Blackout, question: Question, calendars: tuple[str, ...]) -> Finding:
    """Wait until the day after; a slot on such a day is refused."""
    mine = [one for one in question.facts.occasions if one.kind in value.occasions]

    def free(at: datetime) -> bool:
        day = at.astimezone(question.zone).date()
        return not any(one.first_day <= day <= value.ends(one) for one in mine)

    if not mine or free(question.when):
        return ALLOWED
    if question.is_slot:
        return REFUSED
    ends = sorted(first_instant(value.ends(one) + DAY, question.zone) for one in mine)
    return wait_until(earliest(question.at, ends, free))
