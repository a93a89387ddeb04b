"""Exploring a script: one play after the other, from every beginning, until nothing new is found."""

from collections.abc import AsyncIterator, Iterator, Mapping
from itertools import cycle, islice
from random import Random

from bot.drafting.persona import Persona
from bot.drafting.playing import played
from bot.drafting.walker import Walker
from bot.library import Library
from flows.engine import Walked
from flows.script import Ask, Branch, Case, Operator, Script

NEW = ("enrolment", "resume")  # begun with somebody who has not shown yet who they are
ROUNDS = 4  # through all beginnings without anything new: then it is over
MOST = 80  # plays


async def explore(
    library: Library, script: Script, party: str, unwalked: set[Walked], seed: int
) -> AsyncIterator[str]:
    """Yield a transcript for each play that walked something new; what is left in `unwalked` was not reached."""
    walker = Walker(script, unwalked, Random(seed))
    beginnings = [{}, *_beginnings(script)]
    in_vain = 0
    for values in islice(cycle(beginnings), MOST):
        if not unwalked or in_vain >= ROUNDS * len(beginnings):
            return
        persona = Persona(party, values=values, new=script.name in NEW)
        left = len(unwalked)
        play = await played(library, script.name, persona, walker.deeds, lambda _: None)
        in_vain = 0 if len(unwalked) < left else in_vain + 1
        if not in_vain:
            yield "\n".join(play.lines[: walker.kept]) + "\n"


def _beginnings(script: Script) -> Iterator[Mapping[str, object]]:
    """Yield the values that let each branch go each way, of what the script does not ask for itself."""
    scripts = (script, *script.linked.values())
    asked = {step.save for one in scripts for step in one.steps.values() if isinstance(step, Ask)}
    for step in script.steps.values():
        for case in step.cases if isinstance(step, Branch) else ():
            if case.name not in asked:
                yield from ({case.name: value} for value in _either(case))


def _either(case: Case) -> Iterator[object]:
    """Yield values with which a case holds, and such with which it does not."""
    match case.operator:
        case Operator.ABSENT:
            yield None
        case Operator.EQUALS if isinstance(case.value, bool):
            yield from (True, False)
        case Operator.EQUALS:
            yield case.value
        case Operator.ONE_OF if isinstance(case.value, list):
            yield case.value[0]
        case Operator.AT_LEAST if isinstance(case.value, int):
            yield from (case.value, case.value - 1)
