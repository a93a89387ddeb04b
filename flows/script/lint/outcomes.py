"""Proofs that whatever a step comes to leads somewhere."""

from collections.abc import Collection, Iterator, Mapping

from flows.script.issue import Issue
from flows.script.lint.known import Known
from flows.script.model import Ask, Call, Do, End, Script
from flows.script.places import issue

OTHERWISE = "otherwise"


def unknown_effects(script: Script, known: Known) -> Iterator[Issue]:
    """Yield every effect that nothing performs."""
    for effect, key in _effects(script):
        if effect not in known.effects:
            yield issue(script, key, "FV205", f"There is no effect `{effect}`.")


def _effects(script: Script) -> Iterator[tuple[str, str]]:
    """Yield every effect that a step or a timeout performs, with the key of its place."""
    for step in script.steps.values():
        if isinstance(step, Do):
            yield step.effect, step.id
        elif isinstance(step, Ask):
            yield from ((one.effect, f"{step.id}/timeouts/{one.id}") for one in step.timeouts if one.effect)


def effect_outcomes(script: Script, known: Known) -> Iterator[Issue]:
    """Yield every outcome of an effect that leads nowhere, and every way for an outcome that never comes."""
    for step in script.steps.values():
        if isinstance(step, Do) and step.effect in known.effects:
            yield from _compare(script, step.id, step.outcomes, known.effects[step.effect])


def call_outcomes(script: Script, _: Known) -> Iterator[Issue]:
    """Yield the same for the ends of sub-scripts; an end that a permanent choice does not name returns."""
    for step in script.steps.values():
        if isinstance(step, Call):
            yield from _compare(script, step.id, step.outcomes, _ends(script, step.script))
    for choice in script.interrupts:
        if choice.call is not None:
            yield from _idle(script, f"interrupts/{choice.id}", choice.outcomes, _ends(script, choice.call))


def _ends(script: Script, name: str) -> Collection[str]:
    return {step.outcome for step in script.linked[name].steps.values() if isinstance(step, End)}


def _compare(
    script: Script, step: str, outcomes: Mapping[str, str], possible: Collection[str]
) -> Iterator[Issue]:
    for outcome in sorted(possible):
        if outcome not in outcomes and OTHERWISE not in outcomes:
            yield issue(script, step, "FV206", f"The outcome `{outcome}` of the step `{step}` leads nowhere.")
    yield from _idle(script, step, outcomes, possible)


def _idle(
    script: Script, key: str, outcomes: Mapping[str, str], possible: Collection[str]
) -> Iterator[Issue]:
    for outcome in outcomes:
        if outcome != OTHERWISE and outcome not in possible:
            place = f"{key}/outcomes/{outcome}"
            yield issue(script, place, "FV210", f"The outcome `{outcome}` never comes.")
