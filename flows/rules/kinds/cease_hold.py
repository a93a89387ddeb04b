"""Cease and hold: a stop, a dispute, a representative and their like keep contact from going on."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flows.rules.action import Action, Purpose
from flows.rules.days import DAY, months_after
from flows.rules.facts import Facts, Hold
from flows.rules.finding import ALLOWED, Finding, wait_until
from flows.rules.kinds.reading import Fault, flag, mapping, members, whole, words
from flows.rules.question import Question, earliest

_LONG_MONTH = 31  # days


@dataclass(frozen=True, slots=True)
class Cease:
    """Which holds are obeyed, and for how long.

    `days`, `months`: a hold without an end of its own ends by itself after that; 0: only when somebody lifts it.
    `plus`: how long after its own end it still binds. `renewals`: how often it may be opened anew, None: no limit is
    known. `still`: the purposes that may be sent all the same; those in `once` one time per hold: a hold that is
    opened later has one of its own.
    """

    triggers: frozenset[str]
    days: int
    months: int
    plus: timedelta
    renewals: int | None
    still: frozenset[Purpose]
    once: frozenset[Purpose]

    def end_of(self, hold: Hold) -> datetime | None:
        """Return when the hold stops to bind; None: not before somebody lifts it."""
        if hold.until is not None:
            return hold.until + self.plus
        if not self.days and not self.months:
            return None
        day = months_after(hold.since.date(), self.months) + DAY * self.days
        return datetime.combine(day, hold.since.timetz())

    def binds(self, hold: Hold, action: Action, at: datetime) -> bool:
        """Is the hold open at that instant, and for this channel?"""
        end = self.end_of(hold)
        return (
            hold.kind in self.triggers
            and hold.channel in (None, action.channel)
            and hold.since <= at
            and (end is None or at < end)
        )


def read(value: Any) -> Cease:
    """Read `{triggers: [dispute], days: 30, still: [confirmation], once: true}`. Raises Fault.

    `once: true` is short for all that is in `still`; a list names those of it.
    """
    given = mapping(value, ("triggers",), ("days", "months", "plus_days", "renewals", "still", "once"))
    still = members(given, "still", Purpose)
    return Cease(
        triggers=words(given["triggers"], "triggers"),
        days=whole(given, "days", 1) if "days" in given else 0,
        months=whole(given, "months", 1) if "months" in given else 0,
        plus=timedelta(days=whole(given, "plus_days", 0, 0)),
        renewals=whole(given, "renewals", 0) if "renewals" in given else None,
        still=still,
        once=_read_once(given, still),
    )


def _read_once(given: Mapping[str, Any], still: frozenset[Purpose]) -> frozenset[Purpose]:
    if not isinstance(given.get("once"), list):
        return still if flag(given, "once") else frozenset()
    once = members(given, "once", Purpose)
    if not once <= still:
        raise Fault("`once` names what is not in `still`", "once")
    return once


def judge(value: Cease, question: Question, calendars: tuple[str, ...]) -> Finding:
    """Wait for the end of the holds that have one; one without an end refuses."""
    action, facts = question.action, question.facts

    def free(at: datetime) -> bool:
        return not any(
            value.binds(hold, action, at) and not _residual(value, hold, action, facts)
            for hold in facts.holds
        )

    if not facts.holds or free(question.at):
        return ALLOWED
    ends = (value.end_of(hold) for hold in facts.holds)
    return wait_until(earliest(question.at, sorted(end for end in ends if end is not None), free))


def within(child: Cease, parent: Cease) -> bool:
    """Does the child hold as long as its parent what both hold, and let no more through?"""
    if child.triggers.isdisjoint(parent.triggers):
        return True
    longer = _at_most(child) >= _at_most(parent) and child.plus >= parent.plus
    return longer and child.still <= parent.still and parent.once & child.still <= child.once


def _at_most(value: Cease) -> float:
    """Return the longest that a hold without an end of its own lasts, in days."""
    return value.days + _LONG_MONTH * value.months or math.inf


def _residual(value: Cease, hold: Hold, action: Action, facts: Facts) -> bool:
    """May this still be sent under the hold: the one confirmation of an opt-out, for instance?"""
    if action.purpose not in value.still:
        return False
    said = sum(one.purpose is action.purpose and one.at >= hold.since for one in facts.contacts)
    return action.purpose not in value.once or said < sum(one.since >= hold.since for one in facts.holds)
