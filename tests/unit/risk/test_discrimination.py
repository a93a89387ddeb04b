"""The area under the curve, held against a textbook and against its definition pair by pair."""

import math
from itertools import pairwise, product
from statistics import variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.risk.discrimination import auc, midranks, roc

# J. A. Hanley, B. J. McNeil, Radiology 143 (1982), table I: ratings 1 to 5 of 58 normal and 51 abnormal images.
NORMAL = [rating for rating, count in enumerate((33, 6, 6, 11, 2), 1) for _ in range(count)]
ABNORMAL = [rating for rating, count in enumerate((3, 2, 2, 11, 33), 1) for _ in range(count)]
POINTS = st.lists(st.integers(0, 12), min_size=2, max_size=25)


def _pair(hit: float, other: float) -> float:
    return 1.0 if hit > other else 0.5 if hit == other else 0.0


def _delong(hits: list[int], others: list[int]) -> tuple[float, float]:
    """Return area and standard error by DeLong's own definition: structural components, pair by pair."""
    area = sum(_pair(*pair) for pair in product(hits, others)) / (len(hits) * len(others))
    by_hit = [sum(_pair(hit, other) for other in others) / len(others) for hit in hits]
    by_other = [sum(_pair(hit, other) for hit in hits) / len(hits) for other in others]
    return area, math.sqrt(variance(by_hit) / len(hits) + variance(by_other) / len(others))


def test_the_textbook_example() -> None:
    """The images of Hanley and McNeil: an area of 0.893, with a standard error near their 0.032."""
    found = auc(ABNORMAL, NORMAL)
    assert found is not None
    assert found.interval is not None
    assert round(found.area, 3) == 0.893
    assert (found.interval.high - found.interval.low) / 2 / 1.96 == pytest.approx(0.032, abs=0.002)


@given(POINTS, POINTS)
def test_it_is_what_delong_defines(hits: list[int], others: list[int]) -> None:
    """By midranks or pair by pair, area and interval are the same."""
    area, error = _delong(hits, others)
    found = auc(hits, others)
    assert found is not None
    assert found.area == pytest.approx(area)
    if error > 1e-9:
        assert found.interval is not None
        assert found.interval.low == pytest.approx(max(0, area - 1.959964 * error), abs=1e-6)
        assert found.interval.high == pytest.approx(min(1, area + 1.959964 * error), abs=1e-6)


@given(POINTS, POINTS)
def test_the_other_way_round_it_is_the_rest(hits: list[int], others: list[int]) -> None:
    """Whoever swaps the two gets what is left to one."""
    one, other = auc(hits, others), auc(others, hits)
    assert one is not None
    assert other is not None
    assert one.area + other.area == pytest.approx(1)


@given(POINTS, POINTS)
def test_only_the_order_of_points_counts(hits: list[int], others: list[int]) -> None:
    """Points in another unit tell apart just as well."""
    assert auc([3 * one**3 for one in hits], [3 * one**3 for one in others]) == auc(hits, others)


def test_a_perfect_parting_of_few_is_not_certain() -> None:
    """Where every pair agrees the interval does not shrink to a point, and the fewer there are the wider it is."""
    lows = []
    for few in (2, 3, 10, 100):
        found, mirrored = auc([1] * few, [0] * few), auc([0] * few, [1] * few)
        assert found is not None
        assert mirrored is not None
        assert found.interval is not None
        assert mirrored.interval is not None
        assert (found.area, found.interval.high) == (1.0, 1.0)
        assert mirrored.interval.high == pytest.approx(1 - found.interval.low)
        lows.append(found.interval.low)
    assert lows == sorted(lows)
    assert 0.3 < lows[0] < lows[-1] < 1


def test_too_little_has_no_interval() -> None:
    """Of one case nothing can be said, of none there is no area, and equal points tell nobody apart."""
    assert auc([], [1, 2]) is None
    assert auc([1], [0, 2]) is not None
    for hits, others in (([1], [0, 2]), ([4, 4], [4, 4])):
        found = auc(hits, others)
        assert found is not None
        assert (found.area, found.interval) == (0.5, None)


def test_midranks_share() -> None:
    """Equal values share the mean of their ranks."""
    assert midranks([5, 1, 5, 3]) == [3.5, 1, 3.5, 2]


@given(POINTS, POINTS)
def test_the_curve_has_the_area(hits: list[int], others: list[int]) -> None:
    """What lies below the corners, by trapezoids, is the area."""
    corners = list(roc(hits, others))
    below = sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in pairwise(corners))
    found = auc(hits, others)
    assert found is not None
    assert below == pytest.approx(found.area)
    assert (corners[0], corners[-1]) == ((0, 0), (1, 1))
