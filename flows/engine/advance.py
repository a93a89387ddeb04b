"""The interpreter: one event in, the next session and the orders out. Nothing that a person does raises."""

from collections.abc import Callable, Mapping
from typing import Any

from flows.engine.draft import Draft, draft_of
from flows.engine.due import overtaken
from flows.engine.effects import Option, Perform, RejectInput, RejectTap
from flows.engine.events import (
    ChoiceTapped,
    ContactShared,
    EffectDone,
    Event,
    FileSent,
    InterruptRaised,
    LocationShared,
    Recalled,
    Signalled,
    Started,
    TextSent,
    TimerFired,
)
from flows.engine.options import BACK, open_options, permanent
from flows.engine.places import ask_at, has_errands, step_at, timeout_of
from flows.engine.run import open_aside, resume, run
from flows.engine.session import Frame, Session, Status
from flows.engine.taking import Input, Refused, take
from flows.engine.turn import Turn, Walked
from flows.script.model import Ask, Choice, Do, Script
from flows.script.ways import Kind

Facts = Mapping[str, object]


def advance(script: Script, session: Session, event: Event, facts: Facts) -> Turn:
    """Move `session`, pinned to the linked `script`, by `event`.

    `facts` are what branches and timeouts may know besides the session's values; instants are aware UTC.
    Raises SessionUnreadable when the session does not belong to the script.
    """
    status, move = MOVES[type(event)]
    if session.status is not status:
        return _ignored(session, event)
    return move(script, session, event, facts)


def _ignored(session: Session, event: Event) -> Turn:
    """Answer a tap, as every tap is; anything else that comes out of season moves nothing."""
    return Turn(session, (RejectTap(event.prompt_no),) if isinstance(event, ChoiceTapped) else ())


def _ran(draft: Draft) -> Turn:
    run(draft)
    return draft.result()


def _started(script: Script, session: Session, event: Started, facts: Facts) -> Turn:
    draft = draft_of(script, session, event.at, facts)
    draft.push(Frame(script.name, script.entry))
    return _ran(draft)


def _performed(script: Script, session: Session, event: EffectDone, facts: Facts) -> Turn:
    step = step_at(script, session.frames)
    draft = draft_of(script, session, event.at, facts)
    draft.values = {**draft.values, **event.values}
    if isinstance(step, Ask) and has_errands(script, session.frames):  # the question is open as before
        draft.status = Status.WAITING
        return draft.result()
    resume(draft, step.outcomes if isinstance(step, Do) else {}, event.outcome)
    return _ran(draft)


def _tapped(script: Script, session: Session, event: ChoiceTapped, facts: Facts) -> Turn:
    option = None
    if event.prompt_no == session.prompt_no:
        option = next((o for o in open_options(script, session) if o.id == event.choice), None)
    if option is None:
        return Turn(session, (RejectTap(event.prompt_no),))
    return _choose(script, session, option, draft_of(script, session, event.at, facts))


def _choose(script: Script, session: Session, option: Option, draft: Draft) -> Turn:
    if option.permanent:
        return _interrupt(draft, option)
    if option is BACK:
        return _back(draft)
    ask = ask_at(script, session.frames)
    choice = next((choice for choice in ask.choices if choice.id == option.id), None)
    draft.close(option)
    draft.record(ask, option.value if choice is None else option.id)
    draft.walk(*((Kind.TYPED, "") if choice is None else (Kind.TAPPED, choice.id)))
    draft.answered(ask, ask.then if choice is None else choice.then)
    return _ran(draft)


def _interrupt(draft: Draft, option: Option) -> Turn:
    """Leave for a step of the script that declares the choice, or open its sub-script above the question."""
    choice, of_root = permanent(draft.root, draft.frames[-1].script)[option.id]
    base = 0 if of_root else len(draft.frames) - 1
    draft.walk_from_anywhere(draft.frames[base].script, Kind.RAISED, choice.id)
    draft.close(option)
    if choice.then is not None:
        draft.jump(base, choice.then)
    else:
        open_aside(draft, choice, base)
    return _ran(draft)


def _back(draft: Draft) -> Turn:
    depth, step = draft.trail[-1]
    draft.close(BACK)
    trail = draft.trail[:-1]
    draft.jump(depth, step)
    draft.trail = trail
    return _ran(draft)


def _interrupted(script: Script, session: Session, event: InterruptRaised, facts: Facts) -> Turn:
    """Find the choice among those in force, even where a button of the same name hides it."""
    found: tuple[Choice, bool] | None = permanent(script, session.frames[-1].script).get(event.interrupt)
    if found is None:
        return Turn(session, (RejectInput(None, "unknown_interrupt"),))
    choice, _ = found
    option = Option(choice.id, choice.label, style=choice.style, permanent=True)
    return _interrupt(draft_of(script, session, event.at, facts), option)


def _signalled(script: Script, session: Session, event: Signalled, facts: Facts) -> Turn:
    """Leave for where the signal leads, from whatever is open; a script that knows no such signal stays."""
    signal = next((one for one in script.signals if one.id == event.signal), None)
    if signal is None:
        return Turn(session)
    draft = draft_of(script, session, event.at, facts)
    draft.close()
    draft.walk_from_anywhere(script.name, Kind.SIGNALLED, signal.id)
    draft.jump(0, signal.then)
    return _ran(draft)


def _given(script: Script, session: Session, event: Input, facts: Facts) -> Turn:
    ask = ask_at(script, session.frames)
    value = take(ask, event, session.values)
    if isinstance(value, Refused):
        return Turn(session, (RejectInput(ask.hint, value.reason),))
    draft = draft_of(script, session, event.at, facts)
    draft.close()
    draft.record(ask, value)
    draft.walk(Kind.TYPED, "")
    draft.answered(ask, ask.then)
    return _ran(draft)


def _recalled(script: Script, session: Session, event: Recalled, facts: Facts) -> Turn:
    draft = draft_of(script, session, event.at, facts)
    draft.close()
    draft.ask(ask_at(script, session.frames), again=True)
    return draft.result()


def _fired(script: Script, session: Session, event: TimerFired, facts: Facts) -> Turn:
    """Leave for where the timeout leads, from whatever is open above it, unless a later one is due as well.

    One that leads nowhere performs its effect and leaves everything as it stands.
    """
    if session.timers.get(event.key) != event.turn:
        return Turn(session)
    depth, timeout, siblings = timeout_of(script, session.frames, event.key)
    prefix = event.key.rpartition(".")[0]
    waiting = [one for one in siblings if f"{prefix}.{one.id}" in session.timers]
    if overtaken(timeout, waiting, event.at, facts):
        return Turn(session)
    draft = draft_of(script, session, event.at, facts)
    draft.drop_timer(event.key)
    owner, *step = prefix.split(".")
    draft.walked.append(Walked(owner, "".join(step), Kind.TIMED, timeout.id))
    if timeout.then is None:
        draft.effects.append(Perform(timeout.effect or "", timeout.args))
        draft.status = Status.PERFORMING
        return draft.result()
    draft.close()
    draft.jump(depth, timeout.then)
    return _ran(draft)


Move = Callable[[Script, Session, Any, Facts], Turn]
MOVES: Mapping[type, tuple[Status, Move]] = {
    Started: (Status.NEW, _started),
    ChoiceTapped: (Status.WAITING, _tapped),
    InterruptRaised: (Status.WAITING, _interrupted),
    Signalled: (Status.WAITING, _signalled),
    TextSent: (Status.WAITING, _given),
    LocationShared: (Status.WAITING, _given),
    FileSent: (Status.WAITING, _given),
    ContactShared: (Status.WAITING, _given),
    TimerFired: (Status.WAITING, _fired),
    EffectDone: (Status.PERFORMING, _performed),
    Recalled: (Status.WAITING, _recalled),
}
