"""Proof that nobody is written to for ever because they do not answer."""

from collections.abc import Iterator

from flows.script.issue import Issue
from flows.script.lint.known import Known
from flows.script.model import Ask, Call, Script
from flows.script.places import issue
from flows.script.ways import Frame, Kind, Spot, Taken, Unfolded, Way, shortest, tell

BY_SOMEBODY = (Kind.TAPPED, Kind.TYPED, Kind.RAISED, Kind.SIGNALLED)


def nagging(script: Script, _: Known) -> Iterator[Issue]:
    """Yield each step that silence alone leads back to.

    A script's own timeouts do not count: each fires once. What goes round without even waiting FV209 tells.
    """
    unfolded = Unfolded(script)
    for step in script.steps.values():
        spot = (Frame(script.name, step.id),)
        taken = _round(unfolded, spot) if isinstance(step, Ask | Call) else ()
        if any(one.way.kind is Kind.TIMED for one in taken):
            message = f"Silence alone leads from `{step.id}` back to it, for ever: let it end."
            yield issue(script, step.id, "FV212", message, tell(unfolded, taken, spot))


def _round(unfolded: Unfolded, spot: Spot) -> tuple[Taken, ...]:
    """Return the shortest way from a spot back to it on which nobody does anything; empty when there is none."""
    firsts = {way.spot: way for way in unfolded.ways(spot) if _silent(unfolded, spot, way)}
    onward = shortest(unfolded, firsts, lambda one: one == spot, lambda *way: not _silent(unfolded, *way))
    if onward is None:
        return ()
    begun = onward[0].spot if onward else spot
    return Taken(spot, firsts[begun]), *onward


def _silent(unfolded: Unfolded, spot: Spot, way: Way) -> bool:
    if way.kind is not Kind.TIMED:
        return way.kind not in BY_SOMEBODY
    step = unfolded.step(spot)
    own = step.timeouts if isinstance(step, Ask) else ()
    return any(
        one.id == way.name and (*spot[:-1], spot[-1]._replace(step=one.then or "")) == way.spot for one in own
    )
