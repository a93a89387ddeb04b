"""Who is on a visit when and where: asked for every slot of every case, so it is indexed by person and time."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

from bot.casework.travel import LONGEST, Point, Travel

_start = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody is on a visit in this span of time (aware instants), at a place where it is known."""

    person_id: int
    starts_at: datetime
    ends_at: datetime
    place: Point | None = None


class Bookings:
    """The spans in which people are taken. Spans of one person may touch or overlap."""

    def __init__(self, taken: Iterable[Taken] = (), travel: Travel | None = None) -> None:
        self.travel = travel or Travel()
        self._spans: dict[int, list[tuple[datetime, datetime, Point | None]]] = {}
        self._longest = timedelta()
        for one in taken:
            self.add(one)

    def add(self, one: Taken) -> None:
        """Take a person for a span."""
        span = (one.starts_at, one.ends_at, one.place)
        insort(self._spans.setdefault(one.person_id, []), span, key=_start)
        self._longest = max(self._longest, one.ends_at - one.starts_at)

    def has(self, person_id: int) -> bool:
        """Say whether a person is taken at any time."""
        return person_id in self._spans

    def is_free(
        self, person_id: int, starts_at: datetime, ends_at: datetime, place: Point | None = None
    ) -> bool:
        """Say whether the person can be at `place` in this span, with the way from the last visit and to the next."""
        spans = self._spans.get(person_id)
        if not spans:
            return True
        first = bisect_left(spans, starts_at - LONGEST - self._longest, key=_start)
        last = bisect_left(spans, ends_at + LONGEST, key=_start)
        return not any(self._in_the_way(span, starts_at, ends_at, place) for span in spans[first:last])

    def _in_the_way(
        self,
        span: tuple[datetime, datetime, Point | None],
        starts_at: datetime,
        ends_at: datetime,
        place: Point | None,
    ) -> bool:
        began, ended, there = span
        gap = self.travel.between(there, place)
        return starts_at < ended + gap and began < ends_at + gap
