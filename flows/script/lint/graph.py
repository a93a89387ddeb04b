"""Proofs about the ways through a script."""

from collections.abc import Callable, Collection, Iterable, Iterator

from flows.script.exits import Exit, exits, exits_of_script
from flows.script.issue import Issue
from flows.script.lint.known import Known
from flows.script.model import Ask, Call, End, Script, Step
from flows.script.places import issue


def unknown_targets(script: Script, _: Known) -> Iterator[Issue]:
    """Yield every way that leads to a step that is not there."""
    ways = [way for step in script.steps.values() for way in exits(step)]
    for way in (*exits_of_script(script), *ways):
        if way.target not in script.steps:
            yield issue(script, way.key, "FV201", f"There is no step `{way.target}`.")


def unreachable(script: Script, _: Known) -> Iterator[Issue]:
    """Yield every step that nothing leads to."""
    starts = [script.entry, *(way.target for way in exits_of_script(script))]
    reached = _closure(starts, lambda name: [way.target for way in _exits(script, name)])
    for name in script.steps:
        if name not in reached:
            yield issue(script, name, "FV202", f"Nothing leads to the step `{name}`.")


def endless(script: Script, _: Known) -> Iterator[Issue]:
    """Yield every step from which no way leads to an end."""
    sources: dict[str, list[str]] = {}
    for step in script.steps.values():
        for target in _ways(script, step):
            sources.setdefault(target, []).append(step.id)
    ends = [step.id for step in script.steps.values() if isinstance(step, End)]
    ending = _closure(ends, lambda name: sources.get(name, ()))
    for name in script.steps:
        if name not in ending:
            yield issue(script, name, "FV203", f"From the step `{name}` no way leads to an end.")


def unwatched(script: Script, _: Known) -> Iterator[Issue]:
    """Yield every question that could wait for ever.

    A script's own timeout, fired, watches no more; one that leads nowhere (`do`) leaves the question waiting.
    """
    ends = [timeout.then for timeout in script.timeouts if timeout.then is not None]
    after = [_closure([end], lambda name: _onto(script, name)) for end in ends]
    for step in script.steps.values():
        watched = script.owner is not None or any(step.id not in reached for reached in after)
        if isinstance(step, Ask) and not any(one.then for one in step.timeouts) and not watched:
            message = f"The question `{step.id}` needs a timeout that leads on, or the script an owner."
            yield issue(script, step.id, "FV204", message)


def restless(script: Script, _: Known) -> Iterator[Issue]:
    """Yield every step that leads back to itself without asking anything."""
    for name, step in script.steps.items():
        starts = [way.target for way in exits(step)] if not _waits(script, step) else []
        if name in _closure(starts, lambda name: _onward(script, name)):
            yield issue(script, name, "FV209", f"The step `{name}` goes round in a circle without asking.")


def hidden(script: Script, _: Known) -> Iterator[Issue]:
    """Yield every choice that takes the id of a permanent one, whose button would then be missing."""
    lasting = {choice.id for choice in script.interrupts}
    for owner in (script, *script.linked.values()):
        for step in owner.steps.values():
            for choice in step.choices if isinstance(step, Ask) else ():
                if choice.id in lasting:
                    yield _hides(owner, f"{step.id}/{choice.id}", choice.id, script)
    for sub in script.linked.values():
        for choice in sub.interrupts:
            if choice.id in lasting:
                yield _hides(sub, f"interrupts/{choice.id}", choice.id, script)


def _hides(owner: Script, key: str, name: str, script: Script) -> Issue:
    return issue(
        owner, key, "FV211", f"`{name}` would hide the permanent choice of `{script.name}`: rename it."
    )


def _exits(script: Script, name: str) -> Iterator[Exit]:
    return exits(script.steps[name]) if name in script.steps else iter(())


def _ways(script: Script, step: Step) -> Iterator[str]:
    """Yield where a step can lead, for a question also by the script's own timeouts and permanent choices."""
    yield from (way.target for way in exits(step))
    if isinstance(step, Ask):
        yield from (way.target for way in exits_of_script(script))


def _onto(script: Script, name: str) -> Iterable[str]:
    step = script.steps.get(name)
    return () if step is None else _ways(script, step)


def _onward(script: Script, name: str) -> Iterable[str]:
    step = script.steps.get(name)
    return () if step is None or _waits(script, step) else [way.target for way in exits(step)]


def _waits(script: Script, step: Step) -> bool:
    """Tell whether a step surely waits for somebody; a call does when its script asks on every way."""
    if not isinstance(step, Call):
        return isinstance(step, Ask)
    sub = script.linked[step.script]
    passed = _closure([sub.entry], lambda name: _onward(sub, name))
    return not any(isinstance(sub.steps.get(name), End) for name in passed)


def _closure(starts: Iterable[str], onward: Callable[[str], Iterable[str]]) -> Collection[str]:
    """Return all that can be reached from `starts`, themselves included."""
    reached: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += onward(name)
    return reached
