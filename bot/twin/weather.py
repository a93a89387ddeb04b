"""Telegram on a bad day: calls that are refused, lost before or after they were done, updates that come twice.

An outage lasts hours: nothing gets through in either direction, and what people do meanwhile comes in a heap.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random


class Trouble(StrEnum):
    """How a call ends that does not end well."""

    TOO_MANY = "too_many"  # 429: not done, to be tried later
    LOST_BEFORE = "lost_before"  # it never arrived, and that is known
    LOST_AFTER = "lost_after"  # it was done, and the answer is lost


@dataclass(frozen=True, slots=True)
class Climate:
    """Shares of all calls, and of all updates for `twice`; outages begin on so many days of a hundred."""

    too_many: float = 0.0
    lost_before: float = 0.0
    lost_after: float = 0.0
    twice: float = 0.0
    outages: int = 0


FAIR = Climate()
FOUL = Climate(too_many=0.01, lost_before=0.01, lost_after=0.005, twice=0.02, outages=5)
LONGEST = timedelta(hours=6)


class Weather:
    """What the climate does, one call after another."""

    def __init__(self, random: Random, climate: Climate) -> None:
        self._random, self._climate = random, climate
        self._until: datetime | None = None
        self._day = -1

    def outage(self, now: datetime) -> datetime | None:
        """Return until when nothing gets through; None: it does. Asked once a day or more."""
        if now.toordinal() != self._day:
            self._day = now.toordinal()
            if self._random.randrange(100) < self._climate.outages:
                self._until = now + LONGEST * self._random.random()
        return self._until if self._until is not None and now < self._until else None

    def of_call(self) -> Trouble | None:
        """Return what befalls the next call."""
        drawn, climate = self._random.random(), self._climate
        for trouble in Trouble:
            share = getattr(climate, trouble.value)
            if drawn < share:
                return trouble
            drawn -= share
        return None

    def comes_twice(self) -> bool:
        """Does the next update come a second time?"""
        return self._random.random() < self._climate.twice
