"""Where a session stands: its script, its step, and whether Back leads anywhere."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from flows.engine.session import Frame
from flows.errors import SessionUnreadable
from flows.script.exits import exits
from flows.script.model import Ask, Script, Step, Timeout


def script_of(script: Script, name: str) -> Script:
    """Return the script called `name` within the pin `script`. Raises SessionUnreadable when it has none."""
    if name == script.name:
        return script
    try:
        return script.linked[name]
    except KeyError:
        raise SessionUnreadable(f"script {script.name} v{script.version} is not linked to {name}") from None


def step_at(script: Script, frames: tuple[Frame, ...]) -> Step:
    """Return the step that the topmost frame stands at. Raises SessionUnreadable when there is none."""
    top = frames[-1]
    try:
        return script_of(script, top.script).steps[top.step]
    except KeyError:
        raise SessionUnreadable(f"script {top.script} has no step {top.step}") from None


def ask_at(script: Script, frames: tuple[Frame, ...]) -> Ask:
    """Return the open question. Raises SessionUnreadable when the topmost frame stands at none."""
    step = step_at(script, frames)
    if not isinstance(step, Ask):
        raise SessionUnreadable(f"{frames[-1].script}.{step.id} is no question")
    return step


def timeout_of(
    script: Script, frames: tuple[Frame, ...], key: str
) -> tuple[int, Timeout, tuple[Timeout, ...]]:
    """Return the depth of a timer's frame, the timeout behind its `key`, and all that were set with it.

    Raises SessionUnreadable.
    """
    name, *rest = key.split(".")
    owner = script_of(script, name)
    for depth, frame in enumerate(frames):
        step = owner.steps.get(rest[0]) if len(rest) > 1 else None
        found = step.timeouts if isinstance(step, Ask) else owner.timeouts
        for timeout in found:
            if frame.script == name and timeout.id == rest[-1]:
                return depth, timeout, tuple(found)
    raise SessionUnreadable(f"no timeout behind the timer {key}")


def has_errands(script: Script, frames: tuple[Frame, ...]) -> bool:
    """Tell whether a question on the stack has a timeout that performs something and leaves it open."""
    asked = (script_of(script, frame.script).steps.get(frame.step) for frame in frames)
    return any(one.effect is not None for step in asked if isinstance(step, Ask) for one in step.timeouts)


def can_go_back(frames: tuple[Frame, ...], trail: tuple[tuple[int, str], ...]) -> bool:
    """Tell whether an asked step lies behind; from an aside nothing beneath it does."""
    if not trail:
        return False
    depth = trail[-1][0]
    return not any(frame.returns for frame in frames[depth + 1 :])


@lru_cache(maxsize=256)
def progress(script: Script) -> Mapping[str, tuple[int, int]]:
    """Return (this, of all) for each numbered question: how many the longest way to it has passed.

    Ways that lead up in the file are loops and count for nothing, so alternatives share a number.
    """
    rank = dict(_ranks(script))
    total = max(rank.values(), default=0)
    return {s.id: (rank[s.id], total) for s in script.steps.values() if isinstance(s, Ask) and s.numbered}


def _ranks(script: Script) -> Iterator[tuple[str, int]]:
    """Yield each step's rank in the order of the file; a way up comes too late to count."""
    best: dict[str, int] = {}
    for step in script.steps.values():
        rank = best.get(step.id, 0) + (isinstance(step, Ask) and step.numbered)
        yield step.id, rank
        for way in exits(step):
            best[way.target] = max(best.get(way.target, 0), rank)
