"""Taking steps until something waits: one small function for each kind of step."""

from collections.abc import Callable, Mapping
from typing import Any

from flows.engine.conditions import holds
from flows.engine.draft import FAILED, Draft
from flows.engine.effects import Perform, SendText
from flows.engine.places import script_of
from flows.engine.session import Frame, Status
from flows.script.exits import OTHERWISE, condition, outcome_of
from flows.script.model import Ask, Branch, Call, Choice, Do, End, Say
from flows.script.ways import Kind

MAX_STEPS = 100  # in one turn; a script that needs more goes round in a circle


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
    draft.walk(Kind.DONE, outcome if outcome in outcomes else OTHERWISE)
    draft.goto(outcomes.get(outcome, outcomes.get(OTHERWISE)))


def _say(draft: Draft, step: Say) -> None:
    draft.effects.append(SendText(step.text, step.discloses_debt))
    draft.walk(Kind.SAID, "")
    draft.goto(step.then)


def _ask(draft: Draft, step: Ask) -> None:
    draft.ask(step)


def _branch(draft: Draft, step: Branch) -> None:
    found = next((case for case in step.cases if holds(case, draft.values, draft.facts)), None)
    draft.walk(Kind.FOUND, OTHERWISE if found is None else condition(found))
    draft.goto(step.otherwise if found is None else found.then)


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
    outcome = step.outcome if step.outcome in ended.outcomes else OTHERWISE
    target = ended.outcomes.get(outcome)
    draft.pop(depth)
    if not ended.returns:
        draft.trail = ()
        draft.walk(Kind.ENDED, outcome)
        draft.goto(target)
    elif target is None:
        _return(draft)
    else:
        _leave_by(draft, ended, outcome)
        draft.jump(ended.base, target)


def _leave_by(draft: Draft, ended: Frame, outcome: str) -> None:
    """Note the end of an aside under the permanent choice that had opened it."""
    opener = script_of(draft.root, draft.frames[ended.base].script)
    for choice in opener.interrupts:
        if choice.call == ended.script:
            draft.walk_from_anywhere(opener.name, Kind.ENDED, outcome_of(choice, outcome))


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
