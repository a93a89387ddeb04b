"""Who is left alone for comparison: decided by a hash, so that nobody can choose and everybody can check."""

from enum import StrEnum

_DIGITS = 8  # bytes of a digest that decide


class Trial(StrEnum):
    """What is held out: the visit, or the reminder of a promise."""

    VISIT = "visit"
    REMINDER = "reminder"


class Group(StrEnum):
    """Where a case belongs in a trial, from before the first contact on and whatever comes of it."""

    TREATED = "treated"
    HELD_OUT = "held_out"


def group_of(digest: bytes, percent: int) -> Group:
    """Return the group of a case by a keyed hash of it, with so many per cent held out.

    The same digest gives the same answer, and who is held out at one share is held out at every greater one.
    """
    place = int.from_bytes(digest[:_DIGITS], "big")
    return Group.HELD_OUT if place * 100 < percent << (8 * _DIGITS) else Group.TREATED
