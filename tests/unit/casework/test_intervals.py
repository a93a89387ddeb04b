"""Wilson's interval, held against the examples of the literature."""

import pytest

from bot.casework.intervals import wilson

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
