"""How sure a share is: confidence intervals for proportions."""

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple


class Interval(NamedTuple):
    """From `low` to `high`, both from 0 to 1."""

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
