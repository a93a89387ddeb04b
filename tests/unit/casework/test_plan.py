"""What the cases of one plan have in common."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.casework.bookings import Bookings, Taken
from bot.casework.plan import Desk, Job, Wanted
from bot.casework.roster import COLLECTOR, SAFETY_OFFICER, Colleague, Errand, Roster
from bot.casework.slots import Offer, SlotPolicy
from bot.casework.travel import Point

ZONE, MONDAY = ZoneInfo("Europe/London"), date(2027, 3, 1)
ROSTER = Roster((Colleague(1, COLLECTOR, ZONE), Colleague(2, SAFETY_OFFICER, ZONE)))
BUSY = (
    Taken(1, datetime(2027, 3, 1, 10, tzinfo=UTC), datetime(2027, 3, 1, 11, tzinfo=UTC), Point(51.5, -0.1)),
)


def lawful(starts_at: datetime, _ends_at: datetime) -> bool:
    """Say that visits may begin before four."""
    return starts_at.time() < time(16)


def jobs(*places: Point | None, taken: tuple[Taken, ...] = ()) -> list[Job]:
    """Return what is possible for a case at each of these places."""
    policy = SlotPolicy()
    desk = Desk(policy, Bookings(taken, policy.travel), ROSTER)
    offers = [Offer(ZONE, Errand(place=place), lawful) for place in places]
    found = desk.jobs(Wanted(number, offer, [MONDAY]) for number, offer in enumerate(offers))
    return [job for _, job in found if isinstance(job, Job)]


@pytest.mark.parametrize("places", [(None, None), (Point(51.5, -0.1), Point(51.6, -0.2))])
def test_what_is_alike_is_kept_once(places: tuple[Point | None, ...]) -> None:
    """The times of colleagues without visits are the same sets for every case: a large plan fits into memory."""
    one, other = jobs(*places)

    assert one.collectors[1] is other.collectors[1]
    assert one.safety_officers[2] is other.safety_officers[2]
    assert one.suiting is other.suiting
    assert one.collectors[1] == frozenset(one.starts)


def test_a_colleague_with_visits_has_a_way_from_them() -> None:
    """Who is somewhere already is free at another time for a case next door than for one across the town."""
    near, far = jobs(Point(51.5, -0.1), Point(51.6, -0.3), taken=BUSY)

    assert near.collectors[1] > far.collectors[1]
