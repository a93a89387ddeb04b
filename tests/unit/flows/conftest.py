"""A conversation to play: a script as text, events as verbs, the session through JSON after every turn."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from flows.engine import (
    CancelTimer,
    ChoiceTapped,
    Effect,
    EffectDone,
    Event,
    InterruptRaised,
    Perform,
    Recalled,
    SendPrompt,
    SendText,
    Session,
    SetTimer,
    Signalled,
    Started,
    TextSent,
    TimerFired,
    Walked,
    advance,
    session_from_json,
    session_to_json,
)
from flows.script import Script, link, parse

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Player:
    """One conversation. Every verb returns the effects of its turn."""

    def __init__(self, script: Script, facts: Mapping[str, object]) -> None:
        self.script = script
        self.facts = facts
        self.at = NOON
        self.session = Session(script.name, script.version)
        self.effects: tuple[Effect, ...] = ()
        self.walked: tuple[Walked, ...] = ()

    def give(self, event: Event) -> tuple[Effect, ...]:
        turn = advance(self.script, self.session, event, self.facts)
        stored = session_from_json(json.loads(json.dumps(session_to_json(turn.session))))
        assert stored == turn.session
        self.session = turn.session
        self.effects = turn.effects
        self.walked = turn.walked
        return turn.effects

    def start(self) -> tuple[Effect, ...]:
        return self.give(Started(self.at))

    def tap(self, choice: str, prompt_no: int | None = None) -> tuple[Effect, ...]:
        number = self.session.prompt_no if prompt_no is None else prompt_no
        return self.give(ChoiceTapped(self.at, number, choice))

    def type(self, text: str) -> tuple[Effect, ...]:
        return self.give(TextSent(self.at, text))

    def raise_(self, interrupt: str) -> tuple[Effect, ...]:
        return self.give(InterruptRaised(self.at, interrupt))

    def signal(self, name: str) -> tuple[Effect, ...]:
        return self.give(Signalled(self.at, name))

    def recall(self) -> tuple[Effect, ...]:
        return self.give(Recalled(self.at))

    def done(self, outcome: str, **values: object) -> tuple[Effect, ...]:
        return self.give(EffectDone(self.at, outcome, values))

    def fire(self, key: str, turn: int | None = None) -> tuple[Effect, ...]:
        return self.give(TimerFired(self.at, key, self.session.timers[key] if turn is None else turn))

    def wait(self, **span: float) -> None:
        self.at += timedelta(**span)

    @property
    def prompt(self) -> SendPrompt:
        return next(effect for effect in self.effects if isinstance(effect, SendPrompt))

    @property
    def buttons(self) -> list[str]:
        return [option.id for option in self.prompt.options]

    @property
    def said(self) -> list[str]:
        return [effect.text.msgid for effect in self.effects if isinstance(effect, SendText | SendPrompt)]

    @property
    def timers(self) -> dict[str, datetime]:
        return {effect.key: effect.due_at for effect in self.effects if isinstance(effect, SetTimer)}

    @property
    def cancelled(self) -> set[str]:
        return {effect.key for effect in self.effects if isinstance(effect, CancelTimer)}

    @property
    def performed(self) -> list[str]:
        return [effect.name for effect in self.effects if isinstance(effect, Perform)]


Play = Callable[..., Player]


@pytest.fixture
def play() -> Play:
    """Return a function that begins a conversation on the first of some scripts, linked to the others."""

    def begin(*sources: str, start: bool = True, **facts: object) -> Player:
        scripts = [parse(source, f"{number}.yaml") for number, source in enumerate(sources)]
        player = Player(link(scripts)[scripts[0].name], facts)
        if start:
            player.start()
        return player

    return begin
