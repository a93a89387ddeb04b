"""At the door every permanent button works at every step that can be reached, and returns or ends as it should."""

from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import pytest

from bot.library import scripts
from bot.service.performances import PERFORMANCES
from flows.engine import ChoiceTapped, EffectDone, InterruptRaised, Perform, Started, TextSent, advance
from flows.engine.draft import FAILED
from flows.engine.events import Event, FileKind, FileSent, LocationShared
from flows.engine.options import open_options
from flows.engine.session import Session, Status
from flows.script import Script

AT = datetime(2027, 3, 1, 10, tzinfo=UTC)
PERMANENT = {"tension", "leave", "sos", "note", "cards"}
RETURNS = {"tension": ["green", "next"], "note": ["none"], "cards": ["nothing"], "sos": ["safe"]}
FACTS = {"identity_established": False, "recording": "needs_consent", "visit_status": "confirmed"}
TYPED: tuple[Event, ...] = (
    TextSent(AT, "3"),
    TextSent(AT, "2027-04-01"),
    LocationShared(AT, 51.5, -0.1),
    FileSent(AT, FileKind.PHOTO, "file"),
)


def _turns(script: Script, session: Session, event: Event) -> Iterator[Session]:
    """Yield every session that an event can lead to: what is performed may end in any of its outcomes."""
    turn = advance(script, session, event, FACTS)
    last = turn.effects[-1] if turn.effects else None
    if turn.session.status is not Status.PERFORMING or not isinstance(last, Perform):
        yield turn.session
        return
    for outcome in sorted(PERFORMANCES[last.name].outcomes):
        yield from _turns(script, turn.session, EffectDone(AT, outcome))


def _where(session: Session) -> tuple[tuple[str, str], ...]:
    return tuple((frame.script, frame.step) for frame in session.frames)


@cache
def reachable(name: str) -> tuple[Session, ...]:
    """Return a session for every place that anything a team does can lead to."""
    script = scripts()[1][name]
    found: dict[tuple[tuple[str, str], ...], Session] = {}
    waiting = deque(_turns(script, Session(script.name, script.version), Started(AT)))
    while waiting:
        session = waiting.popleft()
        if session.status is not Status.WAITING or _where(session) in found:
            continue
        found[_where(session)] = session
        aside = len(session.frames) > 1  # from there the row is raised below, but not followed further
        options = [one for one in open_options(script, session) if not (aside and one.permanent)]
        taps = [ChoiceTapped(AT, session.prompt_no, one.id) for one in options]
        for event in (*taps, *TYPED):
            waiting.extend(_turns(script, session, event))
    return tuple(found.values())


@pytest.mark.parametrize("name", ["onsite", "safety"])
def test_the_row_is_always_there(name: str) -> None:
    """Every question that can be reached offers the whole permanent row."""
    script = scripts()[1][name]
    lacking = [
        _where(session)
        for session in reachable(name)
        if not {one.id for one in open_options(script, session) if one.permanent} >= PERMANENT
    ]

    assert lacking == []


@pytest.mark.parametrize("name", ["onsite", "safety"])
@pytest.mark.parametrize("button", sorted(PERMANENT))
def test_every_button_works_everywhere(name: str, button: str) -> None:
    """From every question each permanent button leads to a question or an end, never into nothing."""
    script = scripts()[1][name]
    for session in reachable(name):
        for after in _turns(script, session, InterruptRaised(AT, button)):
            assert after.status in (Status.WAITING, Status.DONE), _where(session)
            assert after.outcome != FAILED, _where(session)
            assert after.turn > session.turn, _where(session)


@pytest.mark.parametrize("name", ["onsite", "safety"])
@pytest.mark.parametrize("button", sorted(RETURNS))
def test_an_aside_comes_back(name: str, button: str) -> None:
    """Declining what an aside offers shows the question again from which it was opened."""
    script = scripts()[1][name]
    for session in reachable(name):
        if len(session.frames) > 1:
            continue  # an aside above an aside begins the newer one anew
        (after,) = set_of(_turns(script, session, InterruptRaised(AT, button)))
        for option in RETURNS[button]:
            (after,) = set_of(_turns(script, after, ChoiceTapped(AT, after.prompt_no, option)))
        assert _where(after) == _where(session)


def set_of(sessions: Iterator[Session]) -> list[Session]:
    """Return sessions, each place once."""
    return list({_where(session): session for session in sessions}.values())
