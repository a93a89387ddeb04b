"""What must hold within a factor of a scorecard; faults are noted where they stand."""

from collections.abc import Sequence
from itertools import pairwise

from bot.casework.risk.model import Band, Direction, Factor
from flows.script.fields import Fields


def check_words(fields: Fields, bands: Sequence[Band], words: frozenset[str]) -> None:
    """Note what is wrong with bands of words: each word of the input stands in exactly one."""
    told = [word for band in bands for word in band.words]
    twice = sorted({word for word in told if told.count(word) > 1})
    foreign = sorted(set(told) - words)
    left = sorted(words - set(told))
    if twice:
        fields.wrong("bands", "RS114", f"In two bands: {', '.join(twice)}.")
    if foreign:
        fields.wrong(
            "bands", "RS115", f"The input has no {', '.join(foreign)}; it has {', '.join(sorted(words))}."
        )
    if left:
        fields.wrong("bands", "RS116", f"No band for {', '.join(left)}: nothing that is told is passed over.")


def check_numbers(fields: Fields, factor: Factor) -> None:
    """Note what is wrong with bands of numbers: in order, up to the end, their points as the direction says."""
    ends = [band.up_to for band in factor.bands]
    if ends[-1] is not None or None in ends[:-1]:
        fields.wrong("bands", "RS117", "The last band of numbers, and only that, has no `up_to`.")
    elif any(later <= earlier for earlier, later in pairwise(end for end in ends if end is not None)):
        fields.wrong("bands", "RS118", "Bands are in order: each `up_to` is above the one before.")
    if factor.direction is None:
        fields.wrong("direction", "RS119", "A factor of numbers says its `direction`: rising or falling.")
        return
    points = [band.points for band in factor.bands]
    if points != sorted(points, reverse=factor.direction is Direction.FALLING):
        fields.wrong("bands", "RS120", f"The points are not {factor.direction}, as `direction` says.")


def check_missing(fields: Fields, factor: Factor) -> None:
    """Note when what is missing counts as the best answer, or worse than the worst one."""
    low, points, high = factor.least, factor.missing.points, factor.most
    if fields.has("missing") and not (low < points <= high or low == points == high):
        fields.wrong(
            "missing",
            "RS121",
            f"What is missing counts more than the best answer ({low}) and at most {high}.",
        )
