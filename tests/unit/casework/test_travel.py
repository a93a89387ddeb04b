from datetime import timedelta

import pytest

from bot.casework.travel import LONGEST, Point, Travel, distance_km

LONDON, PARIS, HONG_KONG = Point(51.5074, -0.1278), Point(48.8566, 2.3522), Point(22.3193, 114.1694)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (LONDON, PARIS, 343.6),
        (LONDON, HONG_KONG, 9629),
        (LONDON, LONDON, 0),
        (Point(0, 179.5), Point(0, -179.5), 111.2),
    ],
)
def test_great_circle(one: Point, other: Point, km: float) -> None:
    """Known distances come out within half a per cent, in both directions and across the date line."""
    assert distance_km(one, other) == pytest.approx(km, rel=0.005, abs=0.01)
    assert distance_km(other, one) == pytest.approx(distance_km(one, other))


def test_gap() -> None:
    """A gap is the buffer and the way in whole minutes, rounded up."""
    travel = Travel(timedelta(minutes=15), speed=20)
    assert travel.between(Point(22.30, 114.17), Point(22.30, 114.17)) == timedelta(minutes=15)
    assert travel.between(Point(22.30, 114.17), Point(22.33, 114.17)) == timedelta(minutes=15 + 11)  # 3.34 km


def test_unknown_place() -> None:
    """Where a place is not known, the buffer must do."""
    assert Travel().between(None, LONDON) == Travel().between(LONDON, None) == Travel().buffer


def test_longest() -> None:
    """No gap is longer than a day."""
    assert Travel().between(LONDON, HONG_KONG) == LONGEST


@pytest.mark.parametrize("wrong", [{"speed": 0}, {"speed": float("nan")}, {"buffer": timedelta(minutes=-1)}])
def test_refused(wrong: dict[str, float]) -> None:
    """A speed that gets nowhere and a negative buffer are refused."""
    with pytest.raises(ValueError, match="speed"):
        Travel(**wrong)  # type: ignore[arg-type]
