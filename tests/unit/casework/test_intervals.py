"""Intervals, held against the examples of the literature and tables of quantiles."""

import pytest

from bot.casework.intervals import newcombe, t_of, welch, wilson

NEWCOMBE = [  # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("hits", "of", "low", "high"), NEWCOMBE)
def test_the_published_examples(hits: int, of: int, low: float, high: float) -> None:
    """The bounds are those that Newcombe printed."""
    assert [round(end, 4) for end in wilson(hits, of)] == [low, high]


def test_of_nothing_nothing_is_known() -> None:
    """Without trials the share can be anything."""
    assert wilson(0, 0) == (0.0, 1.0)


def test_both_ends_mirror_each_other() -> None:
    """All of them is none of them, seen from the other side."""
    assert wilson(20, 20).low == pytest.approx(1 - wilson(0, 20).high)
    assert wilson(20, 20).high == 1.0


DIFFERENCES = [  # the same, Statistics in Medicine 17 (1998) 873-890, table II, method 10
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
]


@pytest.mark.parametrize(("hits", "of", "other", "other_of", "low", "high"), DIFFERENCES)
def test_the_published_differences(
    hits: int, of: int, other: int, other_of: int, low: float, high: float
) -> None:
    """The bounds are those that Newcombe printed, and mirrored the other way round."""
    assert [round(end, 4) for end in newcombe(hits, of, other, other_of)] == [low, high]
    assert newcombe(other, other_of, hits, of) == pytest.approx((-high, -low), abs=5e-5)


def test_a_difference_to_nothing_can_be_anything() -> None:
    """Without trials on one side nothing is known of the difference."""
    assert newcombe(3, 5, 0, 0) == newcombe(0, 0, 3, 5) == (-1.0, 1.0)


@pytest.mark.parametrize(
    ("level", "freedom", "quantile"),
    [(0.95, 10, 2.228), (0.95, 30, 2.042), (0.95, 120, 1.980), (0.99, 20, 2.845), (0.99, 60, 2.660)],
)
def test_students_quantiles(level: float, freedom: float, quantile: float) -> None:
    """The quantiles are those of the printed tables."""
    assert t_of(level, freedom) == pytest.approx(quantile, abs=0.002)


def test_the_difference_of_two_means() -> None:
    """Student's sleep data, analysed after Welch: -3.365 to 0.205 with 17.8 degrees of freedom."""
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    assert welch(first, second) == pytest.approx((-3.365, 0.205), abs=0.002)
    assert welch([1.0], second).high == float("inf")
    assert welch([2.0, 2.0], [1.0, 1.0]) == (1.0, 1.0)
