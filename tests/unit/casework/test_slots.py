from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.casework.bookings import Bookings, Taken
from bot.casework.roster import COLLECTOR, SAFETY_OFFICER, Colleague, Errand, Roster
from bot.casework.slots import Lawful, Offer, Slot, SlotPolicy, days_with_slots, free_slots, starts_on
from bot.casework.travel import Point, Travel

HK = ZoneInfo("Asia/Hong_Kong")
LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 11, 27)
POLICY = SlotPolicy(grid=timedelta(hours=1))
STAR_FERRY, PEAK = Point(22.2937, 114.1686), Point(22.2759, 114.1455)  # 3.1 km apart


def roster(collectors: tuple[int, ...] = (1,), officers: tuple[int, ...] = (2,)) -> Roster:
    both = ((COLLECTOR, collectors), (SAFETY_OFFICER, officers))
    return Roster(tuple(Colleague(one, role, HK) for role, people in both for one in people))


def always(_start: datetime, _end: datetime) -> bool:
    return True


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute), HK).astimezone(UTC)


def slots(
    *taken: Taken,
    days: tuple[date, ...] = (DAY,),
    staff: Roster | None = None,
    policy: SlotPolicy = POLICY,
    lawful: Lawful = always,
    place: Point | None = None,
) -> list[Slot]:
    offer = Offer(HK, Errand(place=place), lawful)
    return list(free_slots(days, offer, policy, Bookings(taken, policy.travel), staff or roster()))


def free(*taken: Taken, policy: SlotPolicy = POLICY) -> list[datetime]:
    return [slot.starts_at for slot in slots(*taken, policy=policy)]


def visit(person: int, start: datetime, place: Point | None = None) -> Taken:
    return Taken(person, start, start + POLICY.length, place)


def test_a_free_day() -> None:
    """A free day offers the whole grid from opening to the last visit that ends in time, in UTC."""
    assert free() == [at(hour) for hour in range(9, 18)]


def test_last_visit_ends_at_closing() -> None:
    """A visit may end exactly when the hours end, not later."""
    long = SlotPolicy(opens=time(9), closes=time(11), length=timedelta(hours=1), grid=timedelta(minutes=30))
    assert free(policy=long) == [at(9), at(9, 30), at(10)]


@pytest.mark.parametrize("person", [1, 2])
def test_taken(person: int) -> None:
    """A time is not offered while either person is on a visit."""
    assert at(10) not in free(visit(person, at(10)))


def test_travel() -> None:
    """The way from one visit to the next must fit between them, before and after; just enough is enough."""
    quarter = SlotPolicy(grid=timedelta(minutes=15))
    offered = free(visit(1, at(12)), policy=quarter)
    assert at(11) in offered
    assert at(11, 15) not in offered
    assert at(12, 45) not in offered
    assert at(13) in offered


def test_distance() -> None:
    """The further the way the later the next visit: three kilometres at 20 km/h are ten minutes on top."""
    quarter = SlotPolicy(grid=timedelta(minutes=15))
    there = visit(1, at(12), STAR_FERRY)
    offered = [slot.starts_at for slot in slots(there, policy=quarter, place=PEAK)]
    assert at(13) not in offered
    assert at(13, 15) in offered
    assert at(13) in [slot.starts_at for slot in slots(there, policy=quarter, place=STAR_FERRY)]


def test_next_in_the_team() -> None:
    """Where the first person is taken the next one comes."""
    found = slots(visit(1, at(9)), visit(2, at(9)), staff=roster((1, 3), (2, 4)))
    assert (found[0].collector_id, found[0].safety_officer_id) == (3, 4)
    assert (found[1].collector_id, found[1].safety_officer_id) == (1, 2)


def test_two_people() -> None:
    """Without one of either role there is no slot."""
    assert slots(staff=roster((1,), ())) == []
    assert slots(staff=roster((), (2,))) == []


def test_lawful() -> None:
    """Only what is lawful is offered, and the rule is asked about start and end in UTC."""
    asked: list[tuple[datetime, datetime]] = []

    def afternoon(start: datetime, end: datetime) -> bool:
        asked.append((start, end))
        return start >= at(15)

    assert [slot.starts_at for slot in slots(lawful=afternoon)] == [at(15), at(16), at(17)]
    assert asked[0] == (at(9), at(9) + POLICY.length)
    assert asked[0][0].tzinfo is UTC


def test_days() -> None:
    """Days come once each, earliest first, and only those that have a slot."""
    saturday, sunday = DAY + timedelta(days=1), DAY + timedelta(days=2)
    offer = Offer(HK, Errand(), lambda start, _end: start.astimezone(HK).date() != saturday)
    found = days_with_slots([sunday, DAY, saturday, DAY], offer, POLICY, Bookings(), roster())
    assert list(found) == [DAY, sunday]


HALF_HOUR = timedelta(minutes=30)
NIGHT = SlotPolicy(time(0), time(4), length=HALF_HOUR, grid=HALF_HOUR, travel=Travel(timedelta(0)))


def test_skipped_hour() -> None:
    """A wall time that the clock skips in spring is not offered."""
    spring = date(2026, 3, 29)
    starts = [start.astimezone(LONDON).strftime("%H:%M") for start in starts_on(spring, LONDON, NIGHT)]
    assert starts == ["00:00", "00:30", "02:00", "02:30", "03:00", "03:30"]


def test_repeated_hour() -> None:
    """A wall time that the clock repeats in autumn is offered once, and all instants are in order."""
    autumn = date(2026, 10, 25)
    starts = list(starts_on(autumn, LONDON, NIGHT))
    assert [start.astimezone(LONDON).strftime("%H:%M") for start in starts] == [
        *("00:00", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00", "03:30"),
    ]
    assert starts == sorted(set(starts))


def test_clock_change_during_a_visit() -> None:
    """A visit in which the clock jumps ahead must end within the hours by the new time."""
    short_night = SlotPolicy(time(0), time(2), length=timedelta(hours=1), grid=HALF_HOUR)
    usual, spring = (list(starts_on(date(2026, 3, day), LONDON, short_night)) for day in (28, 29))
    assert len(usual) == 3
    assert [start.hour for start in spring] == [0]  # 00:00 to 02:00 by the wall; 00:30 would end at 02:30


@pytest.mark.parametrize(
    "wrong",
    [
        {"grid": timedelta(0)},
        {"length": timedelta(0)},
        {"opens": time(18), "closes": time(9)},
        {"opens": time(9), "closes": time(9, 30)},
    ],
)
def test_policies_without_slots(wrong: dict[str, timedelta]) -> None:
    """A policy by which no visit could be made, or none would end, is refused."""
    with pytest.raises(ValueError, match=r"must be longer|no visit fits"):
        SlotPolicy(**wrong)  # type: ignore[arg-type]


def test_bookings_touch() -> None:
    """Who comes back at ten is free from ten."""
    bookings = Bookings([Taken(1, at(9), at(10)), Taken(1, at(8), at(12))], Travel(timedelta(0)))
    assert not bookings.is_free(1, at(11), at(13))
    assert bookings.is_free(1, at(12), at(13))
    assert bookings.is_free(1, at(7), at(8))
    assert bookings.is_free(2, at(9), at(10))
