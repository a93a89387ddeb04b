"""What must hold for a person not to notice that their conversation goes on by a new version, nor be wronged by it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from flows.engine import (
    ChoiceTapped,
    Finished,
    Option,
    Session,
    Signalled,
    TextSent,
    TimerFired,
    advance,
    open_options,
)
from flows.engine.draft import FAILED
from flows.engine.events import Event
from flows.engine.places import ask_at, script_of, timeout_of
from flows.errors import SessionUnreadable
from flows.moving.carry import Move
from flows.script import Ask, Call, Script, Text, Timeout
from flows.script.lint import Known, Start, lint

Check = Callable[[Move, Session, Session], Iterator[str]]
NOT_LAWFUL = "FV4"  # proofs of compliance: what is told to whom, after what
SAMPLES = ("1", "2027-03-02", "x")  # a number, a day, a word


def places(move: Move, _: Session, carried: Session) -> Iterator[str]:
    """Where it stands there is a question, and beneath it a sub-script that runs or a question left open."""
    for depth, frame in enumerate(carried.frames):
        script = script_of(move.new, frame.script)
        step, top = script.steps.get(frame.step), depth == len(carried.frames) - 1
        aside = not top and carried.frames[depth + 1].returns
        if not isinstance(step, Ask if top or aside else Call):
            yield f"`{frame.script}.{frame.step}`, where it stands, is not there any more"
        elif isinstance(step, Call) and step.script != carried.frames[depth + 1].script:
            yield f"`{frame.script}.{frame.step}` runs another sub-script now"


def question(move: Move, session: Session, carried: Session) -> Iterator[str]:
    """What was asked is what is asked: the words that the person has read, and the buttons that they see.

    The author of a map answers for the words of a step in it; its buttons are the same all the same.
    """
    frame = session.frames[-1]
    old, new = ask_at(move.old, session.frames), ask_at(move.new, carried.frames)
    answered = frame.script == move.changed and frame.step in move.steps
    if not answered and (_words(old.text), _words(old.aloud)) != (_words(new.text), _words(new.aloud)):
        yield f"`{frame.step}` asks in other words than the person has read"
    if (old.input, old.choices_from) != (new.input, new.choices_from):
        yield f"`{frame.step}` wants another kind of answer"
    seen, there = (
        {_seen(one, words=not answered) for one in open_options(script, here)}
        for script, here in ((move.old, session), (move.new, carried))
    )
    if seen != there:
        yield f"`{frame.step}` has other buttons than the person sees"


def _words(text: Text | None) -> str | None:
    return None if text is None else text.msgid


def _seen(option: Option, *, words: bool) -> tuple[str, str | None]:
    return option.id, _words(option.label) if words else None


def timers(move: Move, session: Session, carried: Session) -> Iterator[str]:
    """What is due for it is due there, too; and no timeout is missed that everybody else has from now on."""
    for key in carried.timers:
        try:
            timeout_of(move.new, carried.frames, key)
        except SessionUnreadable:
            yield f"the timeout `{key}`, which is set, is not there any more"
    for before, after in zip(session.frames, carried.frames, strict=True):
        was = _timeouts(script_of(move.old, before.script), before.step)
        now = _timeouts(script_of(move.new, after.script), after.step)
        for name in sorted(now.keys() - was.keys()):
            yield f"the timeout `{name}` of `{after.script}` is new and would not be set"
        for name in sorted(now.keys() & was.keys()):
            if _due(now[name]) != _due(was[name]):
                yield f"the timeout `{name}` of `{after.script}` is due at another time"


def _timeouts(script: Script, step: str) -> Mapping[str, Timeout]:
    """Return the timeouts of a question and those of its whole script, by id."""
    asked = script.steps.get(step)
    own = asked.timeouts if isinstance(asked, Ask) else ()
    return {**{one.id: one for one in script.timeouts}, **{one.id: one for one in own}}


def _due(timeout: Timeout) -> object:
    return timeout.after, timeout.before, timeout.anchor


def law(move: Move, session: Session, carried: Session, known: Known) -> Iterator[str]:
    """From here on nothing is wrong that was not wrong before: nobody hears what they may not, nothing is skipped.

    A line that must be said, or an answer that a later step needs, may have moved to before the place where this
    conversation stands.
    """
    before = _findings(move.old, session, known)
    yield from sorted(_findings(move.new, carried, known) - before)


def _findings(script: Script, session: Session, known: Known) -> set[str]:
    """Return what the proofs of compliance find in the script as it goes on from where the session stands."""
    entries = {frame.script: frame.step for frame in session.frames}
    linked = {name: _from(one, entries) for name, one in script.linked.items()}
    begun = known.begun.get(script.name, Start())
    here = replace(begun, values=tuple({*begun.values, *session.values}))
    there = replace(known, begun={**known.begun, script.name: here})
    found = lint(replace(_from(script, entries), linked=linked), there)
    return {f"from here on: {one.message}" for one in found if one.code.startswith(NOT_LAWFUL)}


def _from(script: Script, entries: Mapping[str, str]) -> Script:
    return replace(script, entry=entries.get(script.name, script.entry))


def replay(move: Move, carried: Session, at: datetime, facts: Mapping[str, object]) -> Iterator[str]:
    """Whatever comes next, a tap, a word, a timeout, a signal, leads somewhere."""
    for event in _next(move, carried, at):
        try:
            turn = advance(move.new, carried, event, facts)
        except SessionUnreadable as error:
            yield str(error)
        else:
            if Finished(FAILED) in turn.effects:
                yield f"{_called(event)} would lead nowhere"


def _next(move: Move, carried: Session, at: datetime) -> Iterator[Event]:
    for option in open_options(move.new, carried):
        yield ChoiceTapped(at, carried.prompt_no, option.id)
    for words in SAMPLES:
        yield TextSent(at, words)
    for key, turn in carried.timers.items():
        yield TimerFired(at, key, turn)
    for signal in move.new.signals:
        yield Signalled(at, signal.id)


def _called(event: Event) -> str:
    for kind, name in ((ChoiceTapped, "choice"), (TimerFired, "key"), (Signalled, "signal")):
        if isinstance(event, kind):
            return f"`{getattr(event, name)}`"
    return "an answer"


CHECKS: tuple[Check, ...] = (question, timers)
