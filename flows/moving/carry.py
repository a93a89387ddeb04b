"""A session put down on another version: the same places under the names that they have there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flows.engine import Frame, Session
from flows.engine.places import script_of
from flows.script import Call, Choice, Script


@dataclass(frozen=True, slots=True)
class Move:
    """From one version of script `changed` to another; `steps` is the author's map, old id to new.

    `old` and `new` are the conversation's root script with all that it runs, before and after.
    """

    changed: str
    old: Script
    new: Script
    steps: Mapping[str, str] = field(default_factory=dict)

    def step(self, script: str, name: str) -> str:
        """Return what a step of a script is called in the new version."""
        return self.steps.get(name, name) if script == self.changed else name


def carry(move: Move, session: Session) -> Session:
    """Return the session on the new version. Whether it can live there is another question."""
    frames = tuple(_frame(move, session.frames, depth) for depth in range(len(session.frames)))
    return replace(
        session,
        version=move.new.version,
        frames=frames,
        trail=tuple((depth, move.step(session.frames[depth].script, step)) for depth, step in session.trail),
        timers={timer_key(move, key): turn for key, turn in session.timers.items()},
        pins={name: version for name, version in session.pins.items() if name != move.changed},
    )


def timer_key(move: Move, key: str) -> str:
    """Return the key of a live timer in the new version: `script.timeout` or `script.step.timeout`."""
    script, *step, timeout = key.split(".")
    return ".".join((script, *(move.step(script, one) for one in step), timeout))


def _frame(move: Move, frames: tuple[Frame, ...], depth: int) -> Frame:
    """Return a frame; where its script leads when it ends is what the new version says."""
    frame = frames[depth]
    moved = replace(frame, step=move.step(frame.script, frame.step))
    if depth == 0 or frames[frame.base].script != move.changed:
        return moved
    return replace(moved, outcomes=_outcomes(move, frames, frame))


def _outcomes(move: Move, frames: tuple[Frame, ...], frame: Frame) -> Mapping[str, str]:
    below = frames[frame.base]
    opener = script_of(move.new, below.script)
    step = opener.steps.get(move.step(below.script, below.step))
    lasting = opener.interrupts if frame.returns else ()
    by_choice = next((one for one in lasting if one.call == frame.script), None)
    found: Call | Choice | None = by_choice if frame.returns else step if isinstance(step, Call) else None
    return found.outcomes if found is not None else {}
