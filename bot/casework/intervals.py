"""How sure a figure is: confidence intervals for a share, and for the difference of two shares or two means."""

from collections.abc import Sequence
from math import inf, sqrt
from statistics import NormalDist, fmean, variance
from typing import NamedTuple


class Interval(NamedTuple):
    """From `low` to `high`: of a share from 0 to 1, of the difference of two from -1 to 1."""

    low: float
    high: float


def z_of(level: float) -> float:
    """Return the standard normal quantile of a two-sided interval: 1.96 for 0.95."""
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(hits: int, of: int, level: float = 0.95) -> Interval:
    """Return Wilson's score interval for a share of `hits` in `of` trials; from 0 to 1 where there were none.

    E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212, without continuity correction: method 3 of R. G. Newcombe,
    Statistics in Medicine 17 (1998) 857-872, whose examples are in the tests.
    """
    if of == 0:
        return Interval(0.0, 1.0)
    z = z_of(level)
    share, weight = hits / of, z * z / of
    centre = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * sqrt(share * (1 - share) / of + weight / (4 * of))
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def newcombe(hits: int, of: int, other_hits: int, other_of: int, level: float = 0.95) -> Interval:
    """Return the interval for a share less another, independent one; from -1 to 1 where one of them is of nothing.

    Method 10 of R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, made of Wilson's intervals without
    continuity correction; its examples are in the tests.
    """
    if of == 0 or other_of == 0:
        return Interval(-1.0, 1.0)
    share, other = hits / of, other_hits / other_of
    mine, theirs = wilson(hits, of, level), wilson(other_hits, other_of, level)
    down = sqrt((share - mine.low) ** 2 + (theirs.high - other) ** 2)
    up = sqrt((mine.high - share) ** 2 + (other - theirs.low) ** 2)
    return Interval(max(-1.0, share - other - down), min(1.0, share - other + up))


def welch(sample: Sequence[float], other: Sequence[float], level: float = 0.95) -> Interval:
    """Return the interval for the mean of a sample less that of another one; without bounds below two in each.

    B. L. Welch, Biometrika 34 (1947) 28-35, with Satterthwaite's degrees of freedom: the samples may vary unequally.
    """
    if min(len(sample), len(other)) < 2:  # noqa: PLR2004 - a variance needs two
        return Interval(-inf, inf)
    mine, theirs = variance(sample) / len(sample), variance(other) / len(other)
    centre = fmean(sample) - fmean(other)
    if mine + theirs == 0:
        return Interval(centre, centre)
    freedom = (mine + theirs) ** 2 / (mine**2 / (len(sample) - 1) + theirs**2 / (len(other) - 1))
    half = t_of(level, freedom) * sqrt(mine + theirs)
    return Interval(centre - half, centre + half)


def t_of(level: float, freedom: float) -> float:
    """Return Student's quantile of a two-sided interval: 2.042 for 0.95 with 30 degrees of freedom.

    Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5: right in the third digit from ten on.
    """
    z = z_of(level)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
