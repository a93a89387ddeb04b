"""Proof that a button with the name of a right does what the right says.

What a customer may type at any step (stop, help, a complaint) the shell obeys wherever they are; where a script has a
permanent choice of that name, the choice takes its place.
"""

from collections.abc import Iterator

from flows.script.issue import Issue
from flows.script.lint.known import Known
from flows.script.lint.people import TOLD
from flows.script.model import Ask, Choice, Do, End, Script
from flows.script.places import issue
from flows.script.ways import Frame, Spot, Taken, Unfolded, Way, shortest, tell


def hijacked(script: Script, known: Known) -> Iterator[Issue]:
    """Yield each permanent choice named as a right that can come to a question or an end without obeying it."""
    if script.name not in known.begun or script.party not in TOLD:
        return
    unfolded = Unfolded(script)
    for choice in script.interrupts:
        right = known.rights.get(choice.id)
        if right is not None and choice.call != right:
            way = _without(unfolded, choice, right)
            if way is not None:
                message = (
                    f"`{choice.id}` stands for what a customer may always say: it must come to `{right}`."
                )
                yield issue(script, f"interrupts/{choice.id}", "FV410", message, way)


def _without(unfolded: Unfolded, choice: Choice, right: str) -> tuple[str, ...] | None:
    """Return a conversation in which the choice comes to nothing; None when it always comes to the right."""
    if choice.then is None:
        return ()
    if choice.then not in unfolded.root.steps:
        return None  # FV201 tells

    def obeyed(spot: Spot, _: Way) -> bool:
        step = unfolded.step(spot)
        return isinstance(step, Do) and step.effect == right

    start = (Frame(unfolded.root.name, choice.then),)
    taken = shortest(unfolded, [start], lambda spot: isinstance(unfolded.step(spot), Ask | End), obeyed)
    return None if taken is None else tell(unfolded, taken, _last(taken, start))


def _last(taken: tuple[Taken, ...], start: Spot) -> Spot:
    return taken[-1].way.spot if taken else start
