"""Where each kind of step can lead: the one table behind the graph proofs and the progress figures."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from flows.script.model import Ask, Branch, Call, Choice, Do, End, Say, Script, Step, Timeout


class Exit(NamedTuple):
    """A way out to step `target`; `key` finds it in `Script.places`."""

    target: str
    key: str


def exits(step: Step) -> Iterator[Exit]:
    """Yield every way out of `step`, timeouts among them."""
    return EXITS[type(step)](step)


def exits_of_script(script: Script) -> Iterator[Exit]:
    """Yield the ways that the script's permanent choices, signals and own timeouts lead to, from any step."""
    for choice in script.interrupts:
        yield from _of_choice(choice, "interrupts")
    for signal in script.signals:
        yield Exit(signal.then, f"signals/{signal.id}")
    yield from _of_timeouts(script.timeouts, "")


def _of_choice(choice: Choice, under: str) -> Iterator[Exit]:
    if choice.then is not None:
        yield Exit(choice.then, f"{under}/{choice.id}")
    for target in choice.outcomes.values():
        yield Exit(target, f"{under}/{choice.id}")


def _of_timeouts(timeouts: tuple[Timeout, ...], under: str) -> Iterator[Exit]:
    for timeout in timeouts:
        if timeout.then is not None:
            yield Exit(timeout.then, f"{under}timeouts/{timeout.id}")


def _say(step: Say) -> Iterator[Exit]:
    yield Exit(step.then, step.id)


def _ask(step: Ask) -> Iterator[Exit]:
    for choice in step.choices:
        yield from _of_choice(choice, step.id)
    if step.then is not None:
        yield Exit(step.then, step.id)
    yield from _of_timeouts(step.timeouts, f"{step.id}/")


def _branch(step: Branch) -> Iterator[Exit]:
    for place, case in enumerate(step.cases):
        yield Exit(case.then, f"{step.id}/cases/{place}")
    yield Exit(step.otherwise, step.id)


def _outcomes(step: Do | Call) -> Iterator[Exit]:
    for outcome, target in step.outcomes.items():
        yield Exit(target, f"{step.id}/outcomes/{outcome}")


def _end(step: End) -> Iterator[Exit]:  # noqa: ARG001 - an end leads nowhere
    yield from ()


EXITS: Mapping[type, Callable[[Any], Iterator[Exit]]] = {
    Say: _say,
    Ask: _ask,
    Branch: _branch,
    Do: _outcomes,
    Call: _outcomes,
    End: _end,
}
