"""The shortest way from one spot to another that keeps clear of something: what is proven absent, or shown."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from flows.script.ways.unfolded import Spot, Unfolded, Way


class Taken(NamedTuple):
    """A way that was taken, and the spot that it was taken from."""

    spot: Spot
    way: Way


Barred = Callable[[Spot, Way], bool]


def shortest(
    unfolded: Unfolded, starts: Iterable[Spot], goal: Callable[[Spot], bool], barred: Barred
) -> tuple[Taken, ...] | None:
    """Return the ways to take to the nearest spot that is a goal without one that is barred; None: there is none.

    A start that is a goal itself is reached by no way at all.
    """
    came: dict[Spot, Taken | None] = dict.fromkeys(starts)
    waiting = deque(came)
    while waiting:
        spot = waiting.popleft()
        if goal(spot):
            return tuple(_back(came, spot))[::-1]
        for way in unfolded.ways(spot):
            if way.spot not in came and not barred(spot, way):
                came[way.spot] = Taken(spot, way)
                waiting.append(way.spot)
    return None


def _back(came: dict[Spot, Taken | None], spot: Spot) -> Iterator[Taken]:
    taken = came[spot]
    while taken is not None:
        yield taken
        taken = came[taken.spot]


def spots(unfolded: Unfolded) -> Iterator[Spot]:
    """Yield every spot that a conversation can come to."""
    seen, waiting = {unfolded.start}, [unfolded.start]
    while waiting:
        spot = waiting.pop()
        yield spot
        for way in unfolded.ways(spot):
            if way.spot not in seen:
                seen.add(way.spot)
                waiting.append(way.spot)
