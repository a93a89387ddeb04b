"""A session while one event moves it: the only place where its parts change, each change with its order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flows.engine.due import schedule
from flows.engine.effects import (
    CancelTimer,
    ClosePrompt,
    Effect,
    Finished,
    Option,
    RecordAnswer,
    SendPrompt,
    SetTimer,
)
from flows.engine.options import options
from flows.engine.places import can_go_back, progress, script_of, step_at
from flows.engine.session import Frame, Session, Status
from flows.engine.turn import Turn, Walked
from flows.script.model import Ask, Script, Step, Timeout
from flows.script.ways import Kind

FAILED = "failed"


@dataclass(slots=True)
class Draft:
    """`turn` is already the new one, `at` the event's instant; status `new` means that it is still moving."""

    root: Script
    at: datetime
    facts: Mapping[str, object]
    frames: tuple[Frame, ...]
    values: Mapping[str, object]
    trail: tuple[tuple[int, str], ...]
    timers: Mapping[str, int]
    turn: int
    prompt_no: int
    pins: Mapping[str, int]
    status: Status = Status.NEW
    outcome: str | None = None
    effects: list[Effect] = field(default_factory=list)
    walked: list[Walked] = field(default_factory=list)

    @property
    def script(self) -> Script:
        """Return the script of the topmost frame."""
        return script_of(self.root, self.frames[-1].script)

    @property
    def step(self) -> Step:
        """Return the step of the topmost frame."""
        return step_at(self.root, self.frames)

    def walk(self, kind: Kind, name: str) -> None:
        """Note the way that is about to be taken from the step where the conversation stands."""
        top = self.frames[-1]
        self.walked.append(Walked(top.script, top.step, kind, name))

    def walk_from_anywhere(self, script: str, kind: Kind, name: str) -> None:
        """Note a way that a script has from wherever the conversation stands."""
        self.walked.append(Walked(script, "", kind, name))

    def goto(self, step: str | None) -> None:
        """Stand at `step` of the topmost script; a way that leads nowhere fails the conversation."""
        if step is None or step not in self.script.steps:
            self.finish(FAILED)
            return
        top = self.frames[-1]
        moved = Frame(top.script, step, top.outcomes, top.base, top.returns)
        self.frames = (*self.frames[:-1], moved)

    def push(self, frame: Frame) -> None:
        """Begin a sub-script; its own timeouts live until its end."""
        self.frames = (*self.frames, frame)
        self.set_timers(self.script.timeouts, frame.script)

    def pop(self, depth: int) -> None:
        """Leave all frames from `depth` up, with their timers and what Back could return to there."""
        gone = {frame.script for frame in self.frames[depth:]}
        self.frames = self.frames[:depth]
        self.trail = tuple(entry for entry in self.trail if entry[0] < depth)
        self._cancel([key for key in self.timers if key.partition(".")[0] in gone])

    def leave_step(self) -> None:
        """Drop the timeouts of the topmost step, which is over."""
        if self.timers:
            top = self.frames[-1]
            prefix = f"{top.script}.{top.step}."
            self._cancel([key for key in self.timers if key.startswith(prefix)])

    def jump(self, depth: int, step: str) -> None:
        """Abandon everything above `depth` and go on there at `step`; Back does not lead across.

        Beneath an aside nothing was abandoned: what Back could return to there it still can.
        """
        self.pop(depth + 1)
        self.leave_step()
        aside = max((place for place, frame in enumerate(self.frames) if frame.returns), default=0)
        self.trail = tuple(entry for entry in self.trail if entry[0] < aside)
        self.goto(step)

    def ask(self, ask: Ask, *, again: bool = False) -> None:
        """Send a question and wait; when sent `again`, its timeouts keep their first due time."""
        here = (len(self.frames) - 1, ask.id)
        if here in self.trail:
            self.trail = self.trail[: self.trail.index(here)]
        self.prompt_no += 1
        self.effects.append(self._prompt(ask, again))
        self.status = Status.WAITING
        if not again and ask.timeouts:
            self.set_timers(ask.timeouts, f"{self.frames[-1].script}.{ask.id}")

    def _prompt(self, ask: Ask, again: bool) -> SendPrompt:  # noqa: FBT001 - private
        script = self.script
        back = ask.back and can_go_back(self.frames, self.trail)
        return SendPrompt(
            ask.text,
            ask.input,
            options(self.root, script.name, ask, self.values, back=back),
            self.prompt_no,
            progress(script).get(ask.id),
            script.in_place,
            ask.columns,
            again,
            ask.discloses_debt,
            ask.aloud,
            ask.lines,
        )

    def close(self, chosen: Option | None = None) -> None:
        """Close the open question, answered or abandoned."""
        self.effects.append(ClosePrompt(self.prompt_no, chosen))

    def record(self, ask: Ask, value: object) -> None:
        """Keep an answer under the name that the question gives it, if it does."""
        if ask.save is not None:
            self.values = {**self.values, ask.save: value}
            self.effects.append(RecordAnswer(f"{self.frames[-1].script}.{ask.id}", ask.save, value))

    def answered(self, ask: Ask, then: str | None) -> None:
        """Go on from an answered question, which Back can return to."""
        self.leave_step()
        self.trail = (*self.trail, (len(self.frames) - 1, ask.id))
        self.goto(then)

    def set_timers(self, timeouts: Sequence[Timeout], prefix: str) -> None:
        """Set timeouts under `prefix`."""
        alone = not self.timers and self.root.owner is None and self.script.owner is None
        for timeout, due_at in schedule(timeouts, self.at, self.facts, alone=alone):
            key = f"{prefix}.{timeout.id}"
            self.timers = {**self.timers, key: self.turn}
            self.effects.append(SetTimer(key, due_at, self.turn))

    def drop_timer(self, key: str) -> None:
        """Forget a timer that has fired or is cancelled."""
        self.timers = {name: turn for name, turn in self.timers.items() if name != key}

    def _cancel(self, keys: Sequence[str]) -> None:
        for key in keys:
            self.drop_timer(key)
            self.effects.append(CancelTimer(key))

    def finish(self, outcome: str) -> None:
        """End the conversation, whatever is still open."""
        self._cancel(list(self.timers))
        self.frames, self.trail = (), ()
        self.status, self.outcome = Status.DONE, outcome
        self.effects.append(Finished(outcome))

    def result(self) -> Turn:
        """Return what came of the event."""
        session = Session(
            self.root.name,
            self.root.version,
            self.status,
            self.frames,
            self.values,
            self.trail,
            self.timers,
            self.turn,
            self.prompt_no,
            self.outcome,
            self.pins,
        )
        return Turn(session, tuple(self.effects), tuple(self.walked))


def draft_of(script: Script, session: Session, at: datetime, facts: Mapping[str, object]) -> Draft:
    """Open `session` for one event."""
    return Draft(
        script,
        at,
        facts,
        session.frames,
        session.values,
        session.trail,
        session.timers,
        session.turn + 1,
        session.prompt_no,
        session.pins,
    )
