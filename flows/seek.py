"""The cheapest way from where a conversation stands to one that nobody has walked yet."""

from collections.abc import Callable, Collection, Iterator, Sequence
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from flows.engine.session import Session
from flows.engine.turn import Walked
from flows.script import Ask, Case, Script
from flows.script.exits import OTHERWISE, condition, outcome_of
from flows.script.ways import Frame, Kind, Spot, Unfolded, Way


class Leg(NamedTuple):
    """A way as a turn would tell it (a sub-script is begun without a word), from one spot to the next."""

    walked: Walked | None
    start: Spot
    kind: Kind
    name: str
    spot: Spot
    case: Case | None = None


Price = Callable[[Leg], float | None]  # None: not to be tried


def nearest(
    unfolded: Unfolded, start: Spot, wanted: Collection[Walked], price: Price
) -> Sequence[Leg] | None:
    """Return the legs to the end of the nearest way that is wanted; None: none can be reached from here."""
    order = count()  # equals are taken in the order in which they were found
    waiting: list[tuple[float, int, Spot, tuple[Leg, ...]]] = [(0.0, next(order), start, ())]
    seen: set[Spot] = set()
    while waiting:
        paid, _, spot, gone = heappop(waiting)
        if gone and gone[-1].walked in wanted:
            return gone
        if spot in seen:
            continue
        seen.add(spot)
        for leg in legs(unfolded, spot):
            costs = price(leg)
            if costs is not None and (leg.spot not in seen or leg.walked in wanted):
                heappush(waiting, (paid + costs, next(order), leg.spot, (*gone, leg)))
    return None


def legs(unfolded: Unfolded, spot: Spot) -> Iterator[Leg]:
    """Yield every way on from a spot, and what is only done there when its time comes."""
    for way in unfolded.ways(spot):
        yield Leg(_walked(unfolded, spot, way), spot, way.kind, way.name, way.spot, way.case)
    top, step = spot[-1], unfolded.step(spot)
    for timeout in step.timeouts if isinstance(step, Ask) else ():
        if timeout.then is None:
            yield Leg(
                Walked(top.script, top.step, Kind.TIMED, timeout.id), spot, Kind.TIMED, timeout.id, spot
            )


def _walked(unfolded: Unfolded, spot: Spot, way: Way) -> Walked | None:
    if way.kind is Kind.RUN:
        return None
    if way.kind is Kind.ENDED:
        return _ended(unfolded, spot, way)
    if way.kind in (Kind.RAISED, Kind.SIGNALLED):
        base = way.spot[-1].base if len(way.spot) > len(spot) else len(way.spot) - 1
        return Walked(way.spot[base].script, "", way.kind, way.name)
    top, step = spot[-1], unfolded.step(spot)
    if way.kind is Kind.TIMED and not (
        isinstance(step, Ask) and any(one.id == way.name for one in step.timeouts)
    ):
        return Walked(way.spot[-1].script, "", way.kind, way.name)
    name = way.name
    if way.kind is Kind.FOUND:
        name = OTHERWISE if way.case is None else condition(way.case)
    return Walked(top.script, top.step, way.kind, name)


def _ended(unfolded: Unfolded, spot: Spot, way: Way) -> Walked | None:
    ended, below = spot[-1], spot[:-1]
    if not ended.aside:
        outcomes = getattr(unfolded.step(below), "outcomes", {})
        return Walked(
            below[-1].script, below[-1].step, Kind.ENDED, way.name if way.name in outcomes else OTHERWISE
        )
    base = below[ended.base]
    opener = next(one for one in unfolded.script(base).interrupts if one.id == ended.aside)
    left = way.name if way.name in opener.outcomes else OTHERWISE
    return Walked(base.script, "", Kind.ENDED, outcome_of(opener, left)) if left in opener.outcomes else None


def spot_of(root: Script, session: Session) -> Spot:
    """Return where a conversation stands in its unfolded script."""
    found: list[Frame] = []
    for frame in session.frames:
        aside = ""
        if found and isinstance(_script(root, found[-1]).steps[found[-1].step], Ask):
            opener = _script(root, found[frame.base])
            aside = next((one.id for one in opener.interrupts if one.call == frame.script), "")
        found.append(Frame(frame.script, frame.step, aside, frame.base if aside else 0))
    return tuple(found)


def _script(root: Script, frame: Frame) -> Script:
    return root if frame.script == root.name else root.linked[frame.script]
