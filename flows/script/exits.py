"""Where each kind of step can lead: the one table behind the graph proofs and the progress figures."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from flows.script.model import Ask, Branch, Call, Case, Choice, Do, End, Say, Script, Step, Timeout
from flows.script.ways.unfolded import Kind

OTHERWISE = "otherwise"


class Exit(NamedTuple):
    """A way out to step `target`; `key` finds it in `Script.places`, `kind` and `name` tell it from its siblings."""

    target: str
    key: str
    kind: Kind
    name: str


def exits(step: Step) -> Iterator[Exit]:
    """Yield every way out of `step`, timeouts among them."""
    return EXITS[type(step)](step)


def exits_of_script(script: Script) -> Iterator[Exit]:
    """Yield the ways that the script's permanent choices, signals and own timeouts lead to, from any step."""
    for choice in script.interrupts:
        yield from _of_choice(choice, "interrupts", Kind.RAISED)
    for signal in script.signals:
        yield Exit(signal.then, f"signals/{signal.id}", Kind.SIGNALLED, signal.id)
    yield from _of_timeouts(script.timeouts, "")


def condition(case: Case) -> str:
    """Return what a case asks, as it tells it from its siblings: `outcome one_of met, nobody`."""
    value = ", ".join(map(str, case.value)) if isinstance(case.value, list) else case.value
    return f"{case.name} {case.operator} {value}"


def outcome_of(choice: Choice, outcome: str) -> str:
    """Return the name of the way that a permanent choice's sub-script leaves by with an outcome."""
    return f"{choice.id}/{outcome}"


def _of_choice(choice: Choice, under: str, kind: Kind) -> Iterator[Exit]:
    if choice.then is not None:
        yield Exit(choice.then, f"{under}/{choice.id}", kind, choice.id)
    for outcome, target in choice.outcomes.items():
        yield Exit(target, f"{under}/{choice.id}", Kind.ENDED, outcome_of(choice, outcome))


def _of_timeouts(timeouts: tuple[Timeout, ...], under: str) -> Iterator[Exit]:
    for timeout in timeouts:
        if timeout.then is not None:
            yield Exit(timeout.then, f"{under}timeouts/{timeout.id}", Kind.TIMED, timeout.id)


def _say(step: Say) -> Iterator[Exit]:
    yield Exit(step.then, step.id, Kind.SAID, "")


def _ask(step: Ask) -> Iterator[Exit]:
    for choice in step.choices:
        yield from _of_choice(choice, step.id, Kind.TAPPED)
    if step.then is not None:
        yield Exit(step.then, step.id, Kind.TYPED, "")
    yield from _of_timeouts(step.timeouts, f"{step.id}/")


def _branch(step: Branch) -> Iterator[Exit]:
    for place, case in enumerate(step.cases):
        yield Exit(case.then, f"{step.id}/cases/{place}", Kind.FOUND, condition(case))
    yield Exit(step.otherwise, step.id, Kind.FOUND, OTHERWISE)


def _outcomes(step: Do | Call) -> Iterator[Exit]:
    kind = Kind.DONE if isinstance(step, Do) else Kind.ENDED
    for outcome, target in step.outcomes.items():
        yield Exit(target, f"{step.id}/outcomes/{outcome}", kind, outcome)


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
