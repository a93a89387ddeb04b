"""Signals of a place: each told when it is there, none made up, and nothing decided."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.travel import Point
from bot.casework.whereabouts import Fix, Signal, read_place

NOON = datetime(2027, 3, 2, 12, tzinfo=UTC)
DOOR = Point(51.5, -0.1)
THERE = Fix(NOON, DOOR, accuracy=12.0, live=True)
KM = 1 / 111.195  # degrees of latitude

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
fixes = st.builds(
    Fix,
    st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    points,
    st.none() | st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def north(km: float) -> Point:
    """Return a place so far north of the door."""
    return Point(DOOR.latitude + km * KM, DOOR.longitude)


@pytest.mark.parametrize(
    ("fix", "signals"),
    [
        (THERE, ()),
        (replace(THERE, point=north(0.31)), ()),
        (replace(THERE, point=north(0.32)), (Signal.FAR,)),
        (replace(THERE, point=north(1.2), accuracy=1000.0), (Signal.COARSE,)),
        (replace(THERE, accuracy=100.0), ()),
        (replace(THERE, accuracy=100.1), (Signal.COARSE,)),
        (replace(THERE, accuracy=None), (Signal.UNTOLD,)),
        (replace(THERE, live=False), (Signal.NOT_LIVE,)),
        (replace(THERE, forwarded=True), (Signal.FORWARDED,)),
        (replace(THERE, venue=True), (Signal.VENUE,)),
        (replace(THERE, edited=True), (Signal.EDITED,)),
    ],
)
def test_each_signal(fix: Fix, signals: tuple[Signal, ...]) -> None:
    """A place shows the signals that it has, and no other."""
    assert read_place(fix, DOOR, None).signals == signals


def test_how_far_it_is() -> None:
    """The distance is told in metres along the great circle; without an address there is none, and no FAR."""
    away = replace(THERE, point=north(2.5))

    assert read_place(away, DOOR, None).distance == pytest.approx(2500, abs=2)
    assert read_place(away, None, None).distance is None
    assert read_place(away, None, None).signals == ()


@pytest.mark.parametrize(
    ("minutes", "km", "signals"),
    [(10, 33.0, ()), (10, 34.0, (Signal.TOO_FAST,)), (-10, 34.0, (Signal.TOO_FAST,)), (0, 0.02, ())],
)
def test_a_speed_that_nobody_has(minutes: int, km: float, signals: tuple[Signal, ...]) -> None:
    """More than 200 km/h between two places is told, whichever came first; jitter within the uncertainty is not."""
    earlier = Fix(NOON - timedelta(minutes=minutes), north(km), 12.0, live=True)

    assert read_place(THERE, DOOR, earlier).signals == signals


def test_the_speed_is_told() -> None:
    """90 km in half an hour are 180 km/h, less what both places are unsure of."""
    earlier = Fix(NOON - timedelta(minutes=30), north(90), 0.0)

    assert read_place(replace(THERE, accuracy=0.0), DOOR, earlier).speed == pytest.approx(180, abs=1)


@given(fix=fixes, address=st.none() | points, earlier=st.none() | fixes)
def test_anything_can_be_read(fix: Fix, address: Point | None, earlier: Fix | None) -> None:
    """Whatever a phone tells, a reading comes of it, its signals in order and each once."""
    reading = read_place(fix, address, earlier)

    assert list(reading.signals) == sorted(set(reading.signals), key=list(Signal).index)
    assert (reading.distance is None) == (address is None)
    assert (reading.speed is None) == (earlier is None or not fix.is_own or not earlier.is_own)


@given(fix=fixes, earlier=fixes)
def test_both_ways_take_as_long(fix: Fix, earlier: Fix) -> None:
    """The way there is as fast as the way back, and nobody is too fast to where they are already."""
    assert read_place(fix, None, earlier).speed == read_place(earlier, None, fix).speed
    assert read_place(fix, None, replace(fix, at=earlier.at)).speed in (0, None)


@pytest.mark.parametrize("how", ["forwarded", "venue"])
def test_a_place_from_elsewhere_is_no_journey(how: str) -> None:
    """Whoever forwards a far place, or is forwarded one before, has not travelled there."""
    far = replace(THERE, point=north(300), **{how: True})

    assert read_place(far, DOOR, THERE).speed is None
    assert read_place(THERE, DOOR, far).signals == ()
