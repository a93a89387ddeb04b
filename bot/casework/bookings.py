"""Who is on a visit when: asked for every slot of every case, so it is indexed by person and time."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody is on a visit in this span of time (aware instants)."""

    person_id: int
    starts_at: datetime
    ends_at: datetime


class Bookings:
    """The spans in which people are taken. Spans of one person may touch or overlap."""

    def __init__(self, taken: Iterable[Taken] = ()) -> None:
        self._spans: dict[int, list[tuple[datetime, datetime]]] = {}
        for one in taken:
            self.add(one)

    def add(self, one: Taken) -> None:
        """Take a person for a span."""
        insort(self._spans.setdefault(one.person_id, []), (one.starts_at, one.ends_at))

    def is_free(self, person_id: int, starts_at: datetime, ends_at: datetime) -> bool:
        """Say whether the person is on no visit at any instant between these two."""
        spans = self._spans.get(person_id, [])
        before = bisect_left(spans, (ends_at,))
        return all(ended <= starts_at for _, ended in spans[:before])
