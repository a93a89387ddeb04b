"""A script unfolded: true to what the engine does, and the shortest way is the shortest."""

import random
from datetime import timedelta
from functools import partial
from operator import eq

import pytest

from bot import library
from bot.i18n import catalogues
from bot.proofs import known_to
from flows.engine import (
    ChoiceTapped,
    EffectDone,
    Perform,
    Session,
    Signalled,
    Started,
    TextSent,
    TimerFired,
    advance,
    open_options,
)
from flows.engine.session import Status
from flows.script import Ask, Script, link, parse
from flows.script.lint import Known
from flows.script.ways import Frame, Kind, Spot, Taken, Unfolded, shortest, spots, tell
from tests.unit.flows.conftest import NOON

SCRIPTS = library.scripts()[1]
PLAYS, TURNS = 400, 40

STORY = """\
script: s
version: 1
party: customer
interrupts:
  - {id: help, label: "Help", call: help, outcomes: {held: end}}
  - {id: bye, label: "Bye", then: end}
signals: [{id: called_off, then: end}]
timeouts: [{id: over, after: P1D, then: end}]
steps:
  - id: a
    ask: "Hello?"
    input: text
    then: c
    choices: [{id: go, label: "Go", then: b}]
    timeouts: [{id: late, after: PT1H, then: b}]
  - {id: b, do: look, outcomes: {done: c, gone: a}}
  - {id: c, branch: [{if: x, present: true, then: d}], otherwise: d}
  - {id: d, call: help, outcomes: {held: end, otherwise: f}}
  - {id: f, say: "Well.", then: end}
  - {id: end, end: over}
"""
HELP = """\
script: help
version: 1
party: customer
interrupts: [{id: rather_not, label: "Rather not", then: free}]
timeouts: [{id: late, after: PT1H, then: free}]
steps:
  - {id: x, ask: "Help?", choices: [{id: hold, label: "Hold", then: held}, {id: no, label: "No", then: free}]}
  - {id: held, end: held}
  - {id: free, end: free}
"""


def unfolded(source: str = STORY) -> Unfolded:
    """Unfold a story."""
    return Unfolded(link([parse(source, "s.yaml"), parse(HELP, "help.yaml")])["s"])


def stands(session: Session) -> tuple[tuple[str, str], ...]:
    """Return where a session stands, without the asides that another one was opened from."""
    asides = [depth for depth, frame in enumerate(session.frames) if frame.returns]
    first = asides[0] if asides else len(session.frames)
    last = asides[-1] if asides else len(session.frames)
    return tuple((one.script, one.step) for one in (*session.frames[:first], *session.frames[last:]))


def beneath(session: Session) -> tuple[tuple[str, str], ...]:
    """Return where the question stands that an aside was opened from; where there is none, the open one."""
    first = next((depth for depth, frame in enumerate(session.frames) if frame.returns), len(session.frames))
    return tuple((one.script, one.step) for one in session.frames[:first])


def nested(session: Session) -> bool:
    """Is an aside open that was opened from an aside?"""
    return sum(frame.returns for frame in session.frames) > 1


class Player:
    """Plays a script at random, as people, timers and performances might."""

    def __init__(self, script: Script, known: Known, seed: int) -> None:
        self._script, self._known, self._random = script, known, random.Random(seed)
        self.session = Session(script.name, script.version)
        self._at = NOON
        self.turns = 0
        self.went_back = False

    def play(self) -> bool:
        """Let one thing happen; False at the end."""
        self._at += timedelta(minutes=1)
        self.turns += 1
        event = self._event()
        if not isinstance(event, EffectDone):
            self.went_back = isinstance(event, ChoiceTapped) and event.choice == "back"
        if event is None:
            return False
        facts = {"identified": self._random.random() < 0.5, "promise_due_at": NOON + timedelta(days=9)}
        turn = advance(self._script, self.session, event, facts)
        self.session = turn.session
        self._orders = [one for one in turn.effects if isinstance(one, Perform)]
        return True

    def _event(self) -> object | None:
        if self.session.status is Status.NEW:
            return Started(self._at)
        if self.session.status is Status.PERFORMING:
            outcomes = sorted(self._known.effects[self._orders[-1].name])
            return EffectDone(self._at, self._random.choice(outcomes), self._given())
        return self._answer() if self.session.status is Status.WAITING else None

    def _given(self) -> dict[str, object]:
        return {name: [{"id": "one", "value": "2027-03-02"}] for name in ("days", "slots", "plans")}

    def _answer(self) -> object:
        taps = [
            ChoiceTapped(self._at, self.session.prompt_no, one.id)
            for one in open_options(self._script, self.session)
        ]
        typed = [TextSent(self._at, words) for words in ("Some words.", "12", "2027-04-01")]
        timed = [TimerFired(self._at, key, turn) for key, turn in self.session.timers.items()]
        signals = [Signalled(self._at, one.id) for one in self._script.signals]
        return self._random.choice([*taps, *taps, *typed, *timed, *signals])


@pytest.fixture(scope="module")
def known() -> Known:
    """What the released scripts may rely on."""
    return known_to(SCRIPTS.values(), catalogues.load())


def names(spot: Spot) -> tuple[tuple[str, str], ...]:
    """Return the scripts and steps of a spot."""
    return tuple((frame.script, frame.step) for frame in spot)


def following(found: Unfolded) -> dict[tuple[tuple[str, str], ...], set[tuple[tuple[str, str], ...]]]:
    """Return which questions can follow each question, whatever is said and done in between."""
    onward: dict[Spot, set[Spot]] = {}
    for spot in spots(found):
        asked, waiting = set[Spot](), [way.spot for way in found.ways(spot)]
        seen = set[Spot]()
        while waiting:
            one = waiting.pop()
            if isinstance(found.step(one), Ask):
                asked.add(one)
            elif one not in seen:
                seen.add(one)
                waiting += [way.spot for way in found.ways(one)]
        if spot == found.start or isinstance(found.step(spot), Ask):
            onward[spot] = asked
    merged: dict[tuple[tuple[str, str], ...], set[tuple[tuple[str, str], ...]]] = {}
    for spot, asked in onward.items():
        merged.setdefault(names(spot), set()).update(map(names, asked))
    return merged


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_whatever_people_do_is_a_way(name: str, known: Known) -> None:
    """A question follows another only where a way leads from it or from beneath it, but for Back."""
    script = SCRIPTS[name]
    ways = following(Unfolded(script))
    for seed in range(PLAYS):
        player = Player(script, known, seed)
        before: Session | None = None
        while player.turns < TURNS and player.play():
            if player.session.status is Status.WAITING:
                now = player.session
                if before is not None and not player.went_back and not nested(before) and not nested(now):
                    left = stands(before), beneath(before)
                    assert stands(now) in {*left, *ways[left[0]], *ways[left[1]]}
                before = now


def test_every_kind_of_way_is_told() -> None:
    """Taps, answers, silence, deeds, permanent choices and signals stand in the conversation; branches do not."""
    found = unfolded()
    told = set[str]()
    for spot in spots(found):
        up_to = shortest(found, [found.start], partial(eq, spot), lambda *_: False) or ()
        for way in found.ways(spot):
            told |= {*tell(found, [*up_to, Taken(spot, way)], way.spot)}

    assert told == {
        *("◀ Hello?", "◀ Help?", "◀ Well."),
        *("▶ [Go]", "▶ [Help]", "▶ [Bye]", "▶ [Hold]", "▶ [No]", "▶ [Rather not]", "▶ (an answer)"),
        *("  (nobody answers: late)", "  (nobody answers: over)", "  (from outside: called_off)"),
        *("  (look: done)", "  (look: gone)"),
    }


def test_the_shortest_way_keeps_clear() -> None:
    """Barred, a way is gone around; where every way is barred there is none; a start may be the goal."""
    found = unfolded()

    def at_f(spot: object) -> bool:
        return spot == (Frame("s", "f"),)

    short = shortest(found, [found.start], at_f, lambda *_: False)
    around = shortest(found, [found.start], at_f, lambda _, way: way.kind is Kind.TYPED)

    assert short is not None
    assert around is not None
    assert len(short) < len(around)
    assert shortest(found, [found.start], at_f, lambda _, way: way.kind is Kind.RUN) is None
    assert shortest(found, [found.start], lambda spot: spot == found.start, lambda *_: False) == ()


def test_ways_to_nowhere_are_left_out() -> None:
    """A step or an outcome that is not there is another proof's to name."""
    broken = unfolded(
        STORY.replace("then: b}", "then: gone}", 1).replace("{held: end, otherwise: f}", "{held: end}")
    )

    assert {way.spot[-1].step for spot in spots(broken) for way in broken.ways(spot)} >= {"end"}


def test_a_long_text_is_cut() -> None:
    """A line of the conversation is no longer than a terminal shows."""
    found = unfolded(STORY.replace('"Hello?"', f'"{"Well, " * 40}"'))

    (line,) = tell(found, (), found.start)

    assert line.endswith("…")
    assert len(line) < 80
