"""Hand over: how long something may wait until a person must look. It judges no action: it is asked for by name."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from flows.rules.kinds.reading import Fault, mapping, member, whole


class Waiting(StrEnum):
    """What is waited for."""

    LINK = "link"  # the customer opens the link, from the day of the letter
    PROMISE = "promise"  # the payment comes in, after the agreed day
    CHECK_IN = "check_in"  # somebody of the team checks in, after the beginning of a confirmed visit
    NUDGE = "nudge"  # the end of a visit, from the moment at which its team is reminded of it
    EXTENSION = "extension"  # the end of a visit, once its team has taken more time
    CHECK_OUT = "check_out"  # the team checks out, after the expected end of the visit
    ALARM = "alarm"  # somebody takes an alarm, before the next on the ladder is told
    COMPLAINT = "complaint"  # a complaint is answered
    QUESTION = "question"  # a customer's written question is answered
    DATA_REQUEST = "data_request"  # the customer gets the copy of their data that they asked for
    CLAIM = "claim"  # the colleague who took an item of the queue resolves it


@dataclass(frozen=True, slots=True)
class HandOver:
    """After so long a person looks at it."""

    waiting: Waiting
    after: timedelta


def read(value: Any) -> HandOver:
    """Read `{for: link, days: 10}`, with days, hours or minutes. Raises Fault."""
    given = mapping(value, ("for",), ("days", "hours", "minutes"))
    waiting = member(given, "for", Waiting, Waiting.LINK)
    lengths = {unit: whole(given, unit, 0, 0) for unit in ("days", "hours", "minutes")}
    if not any(lengths.values()):
        raise Fault("write how long: days, hours or minutes")
    return HandOver(waiting, timedelta(**lengths))


def within(child: HandOver, parent: HandOver) -> bool:
    """Does a person look at least as soon as the parent says?"""
    return child.waiting is not parent.waiting or child.after <= parent.after
