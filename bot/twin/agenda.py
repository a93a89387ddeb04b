"""What people are going to do, by the minute: those of one minute do it together, as on a busy server."""

import heapq
import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import NamedTuple

MINUTE = timedelta(minutes=1)

Act = Callable[[], Awaitable[None]]


class Entry(NamedTuple):
    """Something that is going to be done at `when` (aware UTC); `chat_id`: on this phone, None on none."""

    when: datetime
    order: int
    chat_id: int | None
    act: Act


class Agenda:
    """What is going to be done, the soonest first."""

    def __init__(self) -> None:
        self._heap: list[Entry] = []
        self._order = itertools.count()

    def at(self, when: datetime, chat_id: int | None, act: Act) -> None:
        """Put down what is to be done in the minute that begins at or after `when`."""
        late = when.replace(second=0, microsecond=0) < when
        minute = when.replace(second=0, microsecond=0) + MINUTE * late
        heapq.heappush(self._heap, Entry(minute, next(self._order), chat_id, act))

    def first(self) -> datetime | None:
        """Return when something is done next."""
        return self._heap[0].when if self._heap else None

    def due(self, now: datetime) -> list[Entry]:
        """Take out what is to be done by now, in its order."""
        found = []
        while self._heap and self._heap[0].when <= now:
            found.append(heapq.heappop(self._heap))
        return found
