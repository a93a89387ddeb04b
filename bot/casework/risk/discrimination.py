"""How well points tell apart those with an outcome from those without: the area under the ROC curve."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt

from bot.casework.intervals import Interval, z_of


@dataclass(frozen=True, slots=True)
class Area:
    """`area`: the chance that one with the outcome has more points than one without, ties counted half.

    0.5 is a coin. `interval` is None where there are too few of either to say.
    """

    area: float
    interval: Interval | None


def auc(hits: Sequence[float], others: Sequence[float], level: float = 0.95) -> Area | None:
    """Return the area for the points of those with the outcome and of the others; None where either is empty.

    Variance: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44 (1988) 837-845, by midranks as in
    X. Sun, W. Xu, IEEE Signal Processing Letters 21 (2014) 1389-1393. DeLong's variance is nothing where the two
    are wholly apart, however few they are; there the bound is that of Hanley and McNeil (Radiology 143 (1982)
    29-36) solved for the area, method 5 of R. G. Newcombe, Statistics in Medicine 25 (2006) 559-573.
    """
    m, n = len(hits), len(others)
    if not m or not n:
        return None
    pooled = midranks([*hits, *others])
    own_hits, own_others = midranks(hits), midranks(others)
    area = (sum(pooled[:m]) - m * (m + 1) / 2) / (m * n)
    if m == 1 or n == 1:
        return Area(area, None)
    by_hit = [(all_ - own) / n for all_, own in zip(pooled[:m], own_hits, strict=True)]
    by_other = [1 - (all_ - own) / m for all_, own in zip(pooled[m:], own_others, strict=True)]
    spread = sqrt(_variance(by_hit) / m + _variance(by_other) / n)
    if spread == 0:
        return Area(area, _apart(area, m, n, z_of(level)))
    half = z_of(level) * spread
    return Area(area, Interval(max(0.0, area - half), min(1.0, area + half)))


def midranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value from 1; equal values share the mean of their ranks."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    for _, group in groupby(enumerate(order, 1), key=lambda pair: values[pair[1]]):
        tied = list(group)
        rank = (tied[0][0] + tied[-1][0]) / 2
        for _, place in tied:
            ranks[place] = rank
    return ranks


def _variance(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


def _apart(area: float, m: int, n: int, z: float) -> Interval | None:
    """Return the interval where every pair agrees; None where all points are equal, so that nothing can be told."""
    if area not in (0, 1):
        return None
    low, high = 0.0, 1.0
    for _ in range(60):  # halving, down to the last digit of a double
        middle = (low + high) / 2
        if 1 - middle > z * sqrt(_hanley_mcneil(middle, m, n)):
            low = middle
        else:
            high = middle
    return Interval(low, 1.0) if area else Interval(0.0, 1 - low)


def _hanley_mcneil(area: float, m: int, n: int) -> float:
    """Return the variance of an area by Hanley and McNeil, with Newcombe's mean sample size."""
    extra = (m + n) / 2 - 1
    return area * (1 - area) * (1 + extra * (1 - area) / (2 - area) + extra * area / (1 + area)) / (m * n)


def roc(hits: Sequence[float], others: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Yield the corners of the ROC curve: the share of others, and of hits, at or above each number of points."""
    yield 0.0, 0.0
    more_hits, more_others = Counter(hits), Counter(others)
    seen_hits = seen_others = 0
    for threshold in sorted({*hits, *others}, reverse=True):
        seen_hits += more_hits[threshold]
        seen_others += more_others[threshold]
        yield seen_others / len(others), seen_hits / len(hits)
