"""Taking steps until something waits: one small function for each kind of step."""

from collections.abc import Callable, Mapping
from typing import Any

from flows.engine.conditions import holds
from flows.engine.draft import FAILED, Draft
from flows.engine.effects import Perform, SendText
from flows.engine.places import script_of
from flows.engine.session import Frame, Status
from flows.script.model import Ask, Branch, Call, Choice, Do, End, Say

MAX_STEPS = 100  # in one turn; a script that needs more goes round in a circle
OTHERWISE = "otherwise"


def run(draft: Draft) -> None:
    """Take steps until the session waits, performs or is done."""
    for _ in range(MAX_STEPS):
        if draft.status is not Status.NEW:
            return
        step = draft.step
        STEPS[type(step)](draft, step)
    draft.finish(FAILED)


def enter(draft: Draft, name: str, outcomes: Mapping[str, str], base: int, *, returns: bool = False) -> None:
    """Begin sub-script `name` above the topmost step."""
    entry = script_of(draft.root, name).entry
    draft.push(Frame(name, entry, outcomes, base, returns))


def open_aside(draft: Draft, choice: Choice, base: int) -> None:
    """Run the sub-script of a permanent choice above the open question.

    What it may run and already stands on the stack is left first: it begins anew, and every timer stays
    unambiguous.
    """
    name = choice.call or ""
    reach = {name, *script_of(draft.root, name).linked}
    depth = next((d for d, frame in enumerate(draft.frames) if frame.script in reach), len(draft.frames))
    draft.pop(depth)
    enter(draft, name, choice.outcomes, base, returns=True)


def resume(draft: Draft, outcomes: Mapping[str, str], outcome: str) -> None:
    """Go where `outcome` leads from the topmost step; nowhere to go fails the conversation."""
    draft.goto(outcomes.get(outcome, outcomes.get(OTHERWISE)))


def _say(draft: Draft, step: Say) -> None:
    draft.effects.append(SendText(step.text, step.discloses_debt))
    draft.goto(step.then)


def _ask(draft: Draft, step: Ask) -> None:
    draft.ask(step)


def _branch(draft: Draft, step: Branch) -> None:
    found = (case.then for case in step.cases if holds(case, draft.values, draft.facts))
    draft.goto(next(found, step.otherwise))


def _do(draft: Draft, step: Do) -> None:
    if not step.repeatable:
        draft.trail = ()
    draft.effects.append(Perform(step.effect, step.args))
    draft.status = Status.PERFORMING


def _call(draft: Draft, step: Call) -> None:
    enter(draft, step.script, step.outcomes, len(draft.frames) - 1)


def _end(draft: Draft, step: End) -> None:
    depth = len(draft.frames) - 1
    if depth == 0:
        draft.finish(step.outcome)
        return
    ended = draft.frames[depth]
    target = ended.outcomes.get(step.outcome, ended.outcomes.get(OTHERWISE))
    draft.pop(depth)
    if not ended.returns:
        draft.trail = ()
        draft.goto(target)
    elif target is None:
        _return(draft)
    else:
        draft.jump(ended.base, target)


def _return(draft: Draft) -> None:
    """Come back from an aside: show the open question again. A call that the aside cut short begins again."""
    step = draft.step
    if isinstance(step, Ask):
        draft.ask(step, again=True)


STEPS: Mapping[type, Callable[[Draft, Any], None]] = {
    Say: _say,
    Ask: _ask,
    Branch: _branch,
    Do: _do,
    Call: _call,
    End: _end,
}
