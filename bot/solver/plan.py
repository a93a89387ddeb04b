"""A plan on the way: which jobs there are, where each is placed, which of them stand in each other's way."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from heapq import nsmallest
from math import inf
from random import Random
from typing import NamedTuple

from bot.casework.plan import Job
from bot.casework.slots import SlotPolicy

_PART = 7  # jobs that are solved at once
_ROUNDS = 36  # parts that are solved, at most

# What a plan costs, in minutes of driving times ten: first that everybody is placed, then what suits the customer,
# which is worth waiting for two weeks, then the way.
UNPLACED, UNSUITED, LATER, WAY, FIRST = 1_000_000, 25_000, 1, 10, 450


class Placed(NamedTuple):
    """When a job begins (minutes since 1970) and who goes."""

    start: int
    collector_id: int
    safety_officer_id: int

    @property
    def people(self) -> tuple[int, int]:
        """Return both."""
        return self.collector_id, self.safety_officer_id


class Plan:
    """Jobs by their place in the order, and where each is placed; `shortest` is the least that any two lie apart."""

    def __init__(self, jobs: Sequence[Job], policy: SlotPolicy) -> None:
        self.jobs = jobs
        self.placed: dict[int, Placed] = {}
        self._policy = policy
        self.shortest = _minutes(policy.length + policy.travel.buffer)

    def gap(self, one: int, other: int) -> int:
        """Return the least time from start to start, in minutes, of two jobs of the same person."""
        way = self._policy.travel.between(self.jobs[one].place, self.jobs[other].place)
        return _minutes(self._policy.length + way)

    def parts(self, rng: Random) -> Iterator[list[int]]:
        """Yield jobs that stand in each other's way: around each that found no room, then around others."""
        everything = list(range(len(self.jobs)))
        if len(everything) <= _PART:
            yield everything
            return
        around = [one for one in everything if one not in self.placed]
        around += rng.sample(everything, len(everything))
        for middle in around[:_ROUNDS]:
            yield sorted(nsmallest(_PART, everything, partial(self._order, middle)))

    def _order(self, middle: int, other: int) -> tuple[bool, float, int]:
        return other != middle, self._apart(middle, other), other

    def _apart(self, one: int, other: int) -> float:
        """Return how little two jobs have to do with each other: days between them, then the way."""
        mine, theirs = (self.placed.get(job) for job in (one, other))
        if theirs is None:
            return inf if mine is not None else 0.0
        days = abs(theirs.start - mine.start) // 1440 if mine else 0
        shared = mine is not None and bool({*mine.people} & {*theirs.people})
        return 60.0 * days + self.gap(one, other) - 120.0 * shared


def _minutes(time: timedelta) -> int:
    """Return whole minutes, rounded up."""
    return -(-time // timedelta(minutes=1))
