"""Every place where a conversation can stand, with the sub-scripts that it is in, and every way on from there.

Three things are left out, since no proof about ways needs them. Back leads to a question that lies on the way already,
with all set that was set, and never across a performance. From an aside (a permanent choice's sub-script) another one
of the root's, its signals and what is timed beneath it lead where they lead from the question beneath, too: a way
through the first aside has a shorter one without it.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from flows.script.model import Ask, Branch, Call, Case, Choice, Do, End, Say, Script, Step


class Frame(NamedTuple):
    """Where one script stands; an `aside` was opened by the permanent choice of that id in the frame `base`."""

    script: str
    step: str
    aside: str = ""
    base: int = 0


Spot = tuple[Frame, ...]


class Kind(StrEnum):
    """What leads on."""

    SAID = "said"
    TAPPED = "tapped"
    TYPED = "typed"
    TIMED = "timed"
    RAISED = "raised"
    SIGNALLED = "signalled"
    FOUND = "found"
    DONE = "done"
    RUN = "run"
    ENDED = "ended"


class Way(NamedTuple):
    """A way on to `spot`; `name` is the choice, outcome, timeout or case that leads there."""

    kind: Kind
    name: str
    spot: Spot
    case: Case | None = None


class Unfolded:
    """A linked script with all that it can run. Ways that lead nowhere (other proofs name them) are left out."""

    def __init__(self, root: Script) -> None:
        self.root = root
        self.start: Spot = (Frame(root.name, root.entry),)
        self._known: dict[Spot, tuple[Way, ...]] = {}

    def script(self, frame: Frame) -> Script:
        """Return the script of a frame."""
        return self.root if frame.script == self.root.name else self.root.linked[frame.script]

    def step(self, spot: Spot) -> Step:
        """Return the step where a conversation stands."""
        return self.script(spot[-1]).steps[spot[-1].step]

    def ways(self, spot: Spot) -> tuple[Way, ...]:
        """Return every way on from a spot."""
        if spot not in self._known:
            step = self.step(spot)
            found = _WAYS[type(step)](self, spot, step)
            self._known[spot] = tuple(way for way in found if self._is_there(way.spot))
        return self._known[spot]

    def _is_there(self, spot: Spot) -> bool:
        return bool(spot) and spot[-1].step in self.script(spot[-1]).steps


def _go(spot: Spot, step: str) -> Spot:
    return (*spot[:-1], spot[-1]._replace(step=step))


def _say(_: Unfolded, spot: Spot, step: Say) -> Iterator[Way]:
    yield Way(Kind.SAID, "", _go(spot, step.then))


def _ask(unfolded: Unfolded, spot: Spot, step: Ask) -> Iterator[Way]:
    for choice in step.choices:
        yield Way(Kind.TAPPED, choice.id, _go(spot, choice.then or ""))
    if step.then is not None:
        yield Way(Kind.TYPED, "", _go(spot, step.then))
    for timeout in step.timeouts:
        if timeout.then is not None:
            yield Way(Kind.TIMED, timeout.id, _go(spot, timeout.then))
    yield from _from_anywhere(unfolded, spot)


def _from_anywhere(unfolded: Unfolded, spot: Spot) -> Iterator[Way]:
    """Yield what leads away from any question: permanent choices, signals, the scripts' own timeouts."""
    lowest = max((depth for depth, frame in enumerate(spot) if frame.aside), default=0)
    top = len(spot) - 1
    for depth in {lowest, top} if lowest == 0 else {top}:
        for choice in unfolded.script(spot[depth]).interrupts:
            yield _raised(unfolded, spot, choice, depth)
    for depth in range(lowest, top + 1):
        for timeout in unfolded.script(spot[depth]).timeouts:
            yield Way(Kind.TIMED, timeout.id, _go(spot[: depth + 1], timeout.then or ""))
    if lowest == 0:
        for signal in unfolded.root.signals:
            yield Way(Kind.SIGNALLED, signal.id, _go(spot[:1], signal.then))


def _raised(unfolded: Unfolded, spot: Spot, choice: Choice, base: int) -> Way:
    if choice.call is None:
        return Way(Kind.RAISED, choice.id, _go(spot[: base + 1], choice.then or ""))
    entry = unfolded.root.linked[choice.call].entry
    return Way(Kind.RAISED, choice.id, (*spot, Frame(choice.call, entry, choice.id, base)))


def _branch(_: Unfolded, spot: Spot, step: Branch) -> Iterator[Way]:
    for case in step.cases:
        yield Way(Kind.FOUND, case.name, _go(spot, case.then), case)
    yield Way(Kind.FOUND, "", _go(spot, step.otherwise))


def _do(_: Unfolded, spot: Spot, step: Do) -> Iterator[Way]:
    for outcome, target in step.outcomes.items():
        yield Way(Kind.DONE, outcome, _go(spot, target))


def _call(unfolded: Unfolded, spot: Spot, step: Call) -> Iterator[Way]:
    yield Way(Kind.RUN, step.script, (*spot, Frame(step.script, unfolded.root.linked[step.script].entry)))


def _end(unfolded: Unfolded, spot: Spot, step: End) -> Iterator[Way]:
    ended, below = spot[-1], spot[:-1]
    if not below:
        return
    outcomes = _outcomes(unfolded, ended, below)
    target = outcomes.get(step.outcome, outcomes.get("otherwise"))
    if target is not None:
        to = below[: ended.base + 1] if ended.aside else below
        yield Way(Kind.ENDED, step.outcome, _go(to, target))
    elif ended.aside:
        yield Way(Kind.ENDED, step.outcome, below)


def _outcomes(unfolded: Unfolded, ended: Frame, below: Spot) -> Mapping[str, str]:
    if not ended.aside:
        step = unfolded.step(below)
        return step.outcomes if isinstance(step, Call) else {}
    opener = unfolded.script(below[ended.base])
    return next(one.outcomes for one in opener.interrupts if one.id == ended.aside)


_WAYS: Mapping[type, Callable[[Unfolded, Spot, Any], Iterator[Way]]] = {
    Say: _say,
    Ask: _ask,
    Branch: _branch,
    Do: _do,
    Call: _call,
    End: _end,
}
