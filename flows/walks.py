"""Every way that a script has, held against the ways that conversations took: what nobody has tried yet."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from flows.engine import Walked
from flows.script import Ask, Place, Script
from flows.script.exits import Exit, exits, exits_of_script
from flows.script.ways import Kind


@dataclass(frozen=True, slots=True)
class Walks:
    """How much of a script was walked; `unwalked` are the ways that were not, each with where it stands."""

    script: Script
    steps: int
    ways: int
    unwalked: Mapping[Walked, Place]
    untrodden: tuple[str, ...]


def every_way(script: Script) -> Mapping[Walked, Exit]:
    """Return every way of a script as a turn would tell it; one that leads to no step leads to an empty one."""
    found = {_walked(script, step.id, way): way for step in script.steps.values() for way in exits(step)}
    found |= {_walked(script, "", way): way for way in exits_of_script(script)}
    for choice in script.interrupts:
        if choice.call is not None:
            way = Exit("", f"interrupts/{choice.id}", Kind.RAISED, choice.id)
            found[_walked(script, "", way)] = way
    for step in script.steps.values():
        for way in _errands(step) if isinstance(step, Ask) else ():
            found[_walked(script, step.id, way)] = way
    return found


def _errands(step: Ask) -> Iterator[Exit]:
    """Yield the timeouts that have something done and leave the question open."""
    for timeout in step.timeouts:
        if timeout.then is None:
            yield Exit("", f"{step.id}/timeouts/{timeout.id}", Kind.TIMED, timeout.id)


def _walked(script: Script, step: str, way: Exit) -> Walked:
    return Walked(script.name, step, way.kind, way.name)


def walks(script: Script, walked: Collection[Walked]) -> Walks:
    """Return how much of a script these ways make up."""
    ways = every_way(script)
    taken = {one: way for one, way in ways.items() if one in walked}
    trodden = {script.entry, *(one.step for one in taken), *(way.target for way in taken.values())}
    return Walks(
        script,
        len(script.steps),
        len(ways),
        {one: script.places.get(way.key, Place(1, 1)) for one, way in ways.items() if one not in taken},
        tuple(name for name in script.steps if name not in trodden),
    )
