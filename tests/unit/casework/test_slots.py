from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.casework.bookings import Bookings, Taken
from bot.casework.plan import Wanted, plan
from bot.casework.slots import Slot, SlotPolicy, Team, days_with_slots, free_slots, slots_on, starts_on

HK = ZoneInfo("Asia/Hong_Kong")
LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 11, 27)
POLICY = SlotPolicy()
TEAM = Team((1,), (2,))


def always(_start: datetime, _end: datetime) -> bool:
    return True


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute), HK).astimezone(UTC)


def free(*taken: Taken, team: Team = TEAM, policy: SlotPolicy = POLICY) -> list[datetime]:
    found = free_slots(days=[DAY], zone=HK, policy=policy, taken=taken, lawful=always, team=team)
    return [slot.starts_at for slot in found]


def visit(person: int, start: datetime) -> Taken:
    return Taken(person, start, start + POLICY.length)


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


def test_next_in_the_team() -> None:
    """Where the first person is taken the next one comes."""
    team = Team((1, 3), (2, 4))
    found = list(
        free_slots(
            days=[DAY],
            zone=HK,
            policy=POLICY,
            taken=[visit(1, at(9)), visit(2, at(9))],
            lawful=always,
            team=team,
        )
    )
    assert (found[0].collector_id, found[0].safety_officer_id) == (3, 4)
    assert (found[1].collector_id, found[1].safety_officer_id) == (1, 2)


def test_two_people() -> None:
    """Nobody is collector and safety officer of one visit."""
    assert free(team=Team((1,), (1,))) == []
    both = next(iter(slots_on(DAY, zone=HK, policy=POLICY, taken=[], lawful=always, team=Team((1,), (1, 5)))))
    assert (both.collector_id, both.safety_officer_id) == (1, 5)
    other = next(
        iter(slots_on(DAY, zone=HK, policy=POLICY, taken=[], lawful=always, team=Team((1, 6), (1,))))
    )
    assert (other.collector_id, other.safety_officer_id) == (6, 1)


def test_lawful() -> None:
    """Only what is lawful is offered, and the rule is asked about start and end in UTC."""
    asked: list[tuple[datetime, datetime]] = []

    def afternoon(start: datetime, end: datetime) -> bool:
        asked.append((start, end))
        return start >= at(15)

    found = slots_on(DAY, zone=HK, policy=POLICY, taken=[], lawful=afternoon, team=TEAM)
    assert [slot.starts_at for slot in found] == [at(15), at(16), at(17)]
    assert asked[0] == (at(9), at(9) + POLICY.length)
    assert asked[0][0].tzinfo is UTC


def test_days() -> None:
    """Days come once each, earliest first, and only those that have a slot."""
    saturday, sunday = DAY + timedelta(days=1), DAY + timedelta(days=2)
    found = days_with_slots(
        days=[sunday, DAY, saturday, DAY],
        zone=HK,
        policy=POLICY,
        taken=[],
        lawful=lambda start, _end: start.astimezone(HK).date() != saturday,
        team=TEAM,
    )
    assert list(found) == [DAY, sunday]


HALF_HOUR = timedelta(minutes=30)
NIGHT = SlotPolicy(time(0), time(4), length=HALF_HOUR, grid=HALF_HOUR, travel=timedelta(0))


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
        {"travel": timedelta(minutes=-1)},
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
    bookings = Bookings([Taken(1, at(9), at(10)), Taken(1, at(8), at(12))])
    assert not bookings.is_free(1, at(11), at(13))
    assert bookings.is_free(1, at(12), at(13))
    assert bookings.is_free(1, at(7), at(8))
    assert bookings.is_free(2, at(9), at(10))


def wanted(case_id: int, *days: date) -> Wanted:
    return Wanted(case_id, HK, days or (DAY,), always)


def test_plan_is_greedy() -> None:
    """Earlier cases choose first; each gets the earliest slot that is left."""
    found = list(plan([wanted(7), wanted(8)], POLICY, [visit(1, at(9))], TEAM))
    assert [(one.case_id, one.slot) for one in found] == [
        (7, Slot(at(10), at(10) + POLICY.length, 1, 2)),
        (8, Slot(at(11), at(11) + POLICY.length, 1, 2)),
    ]


def test_plan_full() -> None:
    """A case for which nothing is left is told, and does not stop the next one."""
    saturday = DAY + timedelta(days=1)
    found = list(plan([*(wanted(n) for n in range(10)), wanted(10, saturday)], POLICY, [], TEAM))
    assert [one.case_id for one in found if one.slot is None] == [9]
    assert found[-1].slot is not None


def test_plan_refused_time_stays_free() -> None:
    """A time that is unlawful for one case is still there for the next."""
    picky = Wanted(1, HK, (DAY,), lambda start, _end: start >= at(12))
    found = list(plan([picky, wanted(2)], POLICY, [], TEAM))
    assert [one.slot.starts_at for one in found if one.slot] == [at(12), at(9)]
