"""Whatever happens in whatever order: the engine holds its promises."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.engine import (
    CancelTimer,
    ChoiceTapped,
    ClosePrompt,
    ContactShared,
    Effect,
    EffectDone,
    Event,
    FileKind,
    FileSent,
    Finished,
    InterruptRaised,
    LocationShared,
    Recalled,
    SendPrompt,
    Session,
    SetTimer,
    Signalled,
    Started,
    Status,
    TextSent,
    TimerFired,
    advance,
    open_options,
    session_from_json,
    session_to_json,
)
from flows.engine.places import step_at
from flows.script import (
    Ask,
    Branch,
    Call,
    Case,
    Choice,
    Do,
    End,
    InputKind,
    Operator,
    Party,
    Say,
    Script,
    Signal,
    Step,
    Text,
    Timeout,
    link,
    parse,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FACTS: Mapping[str, object] = {
    "soon": NOON + timedelta(hours=2),
    "past": NOON - timedelta(days=1),
    "visit_starts_at": NOON + timedelta(days=4),
    "promise_due_at": NOON + timedelta(days=9),
    "identified": True,
}
STEPS = tuple(f"s{number}" for number in range(6))
TARGETS = st.sampled_from((*STEPS, "end"))
OUTCOMES = ("done", "other", "otherwise")
TEXT = Text("x/y/ask", "Well?")
SPANS = st.integers(1, 200).map(lambda hours: timedelta(hours=hours))


@st.composite
def timeouts(draw: st.DrawFn) -> Timeout:
    """Make a timeout after a while or before a fact, which may be past."""
    then = draw(TARGETS)
    if draw(st.booleans()):
        return Timeout("late", then, after=draw(SPANS))
    return Timeout("late", then, before=draw(SPANS), anchor=draw(st.sampled_from(["soon", "past"])))


def errands() -> st.SearchStrategy[tuple[Timeout, ...]]:
    """Make nothing, or a timeout that performs something and leaves the question open."""
    tell = SPANS.map(lambda span: (Timeout("tell", None, after=span, effect="act"),))
    return st.just(()) | tell


@st.composite
def asks(draw: st.DrawFn, name: str) -> Step:
    """Make a question of any kind, with a timeout."""
    kind = draw(st.sampled_from(InputKind))
    ids = draw(st.lists(st.sampled_from("abc"), min_size=1, unique=True))
    return Ask(
        name,
        TEXT,
        kind,
        tuple(Choice(choice, TEXT, then=draw(TARGETS)) for choice in ids),
        choices_from=draw(st.sampled_from([None, "offer"])),
        then=draw(TARGETS),
        save=draw(st.sampled_from([None, "x", "offer"])),
        maximum=draw(st.sampled_from([None, 3])),
        timeouts=(draw(timeouts()), *draw(errands())),
        numbered=draw(st.booleans()),
        back=draw(st.sampled_from([True, True, False])),
    )


@st.composite
def steps(draw: st.DrawFn, name: str, calls: tuple[str, ...]) -> Step:
    """Make a step of any kind that may call some of `calls`."""
    kinds = [*["ask"] * 4, "say", "branch", "do", "do", *(["call"] if calls else [])]
    outcomes = {outcome: draw(TARGETS) for outcome in draw(st.sets(st.sampled_from(OUTCOMES), min_size=2))}
    match draw(st.sampled_from(kinds)):
        case "ask":
            return draw(asks(name))
        case "say":
            return Say(name, TEXT, draw(TARGETS))
        case "branch":
            case = Case("x", draw(st.sampled_from(Operator)), draw(st.sampled_from(["a", 3])), draw(TARGETS))
            return Branch(name, (case,), draw(TARGETS))
        case "do":
            return Do(name, "act", outcomes, repeatable=draw(st.booleans()))
        case _:
            return Call(name, draw(st.sampled_from(calls)), outcomes)


@st.composite
def scripts(draw: st.DrawFn, name: str, calls: tuple[str, ...]) -> Script:
    """Make a small script; some have a timeout of their own."""
    made: list[Step] = [draw(steps(step, calls)) for step in STEPS]
    lasting = [Choice("leave", TEXT, then=draw(TARGETS))] if draw(st.booleans()) else []
    asides = [sub for sub in calls if draw(st.booleans())]
    lasting += [Choice(sub, TEXT, call=sub, outcomes={"done": draw(TARGETS)}) for sub in asides]
    own = (Timeout("over", "end", after=draw(SPANS)),) if draw(st.booleans()) else ()
    end = End("end", draw(st.sampled_from(["done", "odd"])))
    found = {step.id: step for step in (*made, end)}
    signals = (Signal("gone", draw(TARGETS)),) if draw(st.booleans()) else ()
    return Script(name, 1, Party.ANYONE, STEPS[0], found, tuple(lasting), signals, own)


@st.composite
def families(draw: st.DrawFn) -> Script:
    """Make a root linked to sub-scripts that may call each other, without a circle."""
    low = draw(scripts("low", ()))
    middle = draw(scripts("middle", ("low",)))
    other = draw(scripts("other", ("low",)))
    return link([low, middle, other, draw(scripts("root", ("low", "middle", "other")))])["root"]


WORDS = st.sampled_from(["", "yes", "long words", "3", "１２", "1,200", "2026-11-28", "2026-13-99", "\x00"])
OFFERS = st.sampled_from(
    [None, 3, [], [{"id": "a", "value": "3"}, {"id": "q", "value": "2026-11-28"}, "odd"]]
)


def events(script: Script, session: Session, at: datetime) -> st.SearchStrategy[Event]:
    """Anything that may come next, likely and unlikely."""
    options = [option.id for option in open_options(script, session)] or ["none"]
    number = st.sampled_from([session.prompt_no, session.prompt_no, session.prompt_no, 0])
    tap = st.builds(ChoiceTapped, st.just(at), number, st.sampled_from([*options, *options, "none", "back"]))
    keys = [*session.timers.items(), ("root.over", 0), ("x", 1)]
    fire = st.sampled_from(keys).map(lambda timer: TimerFired(at, *timer))
    values = st.fixed_dictionaries({}, optional={"offer": OFFERS, "x": st.sampled_from(["a", 3, None])})
    done = st.builds(EffectDone, st.just(at), st.sampled_from([*OUTCOMES, "both_in", "some", "odd"]), values)
    if session.status is Status.PERFORMING:
        return st.one_of(done, done, done, tap)
    names = ["leave", "low", "middle", "other", "help", "stop", "sos", "note", "odd"]
    return st.one_of(
        tap,
        tap,
        tap,
        fire,
        st.sampled_from(names).map(lambda name: InterruptRaised(at, name)),
        WORDS.map(lambda words: TextSent(at, words)),
        st.sampled_from(
            [
                Started(at),
                Recalled(at),
                Signalled(at, "gone"),
                LocationShared(at, 1.0, 2.0),
                FileSent(at, FileKind.PHOTO, "ref"),
                ContactShared(at, "0", own=False),
            ]
        ),
        done,
    )


class Watch:
    """What a shell would see, checked after every turn."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.session = Session(script.name, script.version)
        self.open: int | None = None
        self.timers: dict[str, int] = {}
        self.reachable: set[tuple[str, str]] = set()

    def give(self, event: Event) -> None:
        before = self.session
        turn = advance(self.script, before, event, FACTS)
        assert turn == advance(self.script, before, event, FACTS)
        self.session = turn.session
        moved = turn.session is not before  # one that a later timeout overtook moves nothing
        if moved and isinstance(event, TimerFired) and self.timers.get(event.key) == event.turn:
            del self.timers[event.key]
        for effect in turn.effects:
            self._see(effect)
        self._check(before)
        self._check_back(before, event)

    def _see(self, effect: Effect) -> None:
        match effect:
            case SendPrompt():
                assert self.open is None, "one open prompt at most"
                self.open = effect.prompt_no
            case ClosePrompt():
                assert self.open == effect.prompt_no, "only the open prompt is closed"
                self.open = None
            case SetTimer():
                assert effect.key not in self.timers, "a timer is set once"
                assert effect.turn == self.session.turn
                self.timers[effect.key] = effect.turn
            case CancelTimer():
                del self.timers[effect.key]
            case Finished():
                assert self.open is None
            case _:
                pass

    def _check(self, before: Session) -> None:
        session = self.session
        assert session is before or session.turn == before.turn + 1, "a move is one turn"
        assert session_from_json(json.loads(json.dumps(session_to_json(session)))) == session
        assert self.timers == dict(session.timers), "the timers are those that were ordered"
        if session.status is not Status.PERFORMING:  # a timeout's errand leaves the question open
            assert (self.open is not None) == (session.status is Status.WAITING)
        watched = self.timers or self.script.owner
        assert session.status is not Status.WAITING or watched, "no question waits for ever"
        assert len({frame.script for frame in session.frames}) == len(session.frames)

    def _check_back(self, before: Session, event: Event) -> None:
        """Back leads to a question that was asked after the last thing that cannot be undone."""
        session = self.session
        if session.status is Status.WAITING:
            here = (session.frames[-1].script, session.frames[-1].step)
            if isinstance(event, ChoiceTapped) and event.choice == "back" and session is not before:
                assert here in self.reachable
            self.reachable.add(here)
        elif session.status is Status.PERFORMING:
            step = step_at(self.script, session.frames)
            assert isinstance(step, Do) or self.open is not None
            if isinstance(step, Do) and not step.repeatable:
                self.reachable.clear()


def play(script: Script, data: st.DataObject) -> None:
    """Give a conversation a few dozen events."""
    watch, at = Watch(script), NOON
    watch.give(Started(at))
    for _ in range(data.draw(st.integers(1, 30))):
        at += timedelta(hours=data.draw(st.sampled_from([0, 0, 0, 1, 30])))
        watch.give(data.draw(events(script, watch.session, at)))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(script=families(), data=st.data())
def test_no_sequence_of_events_breaks_a_promise(script: Script, data: st.DataObject) -> None:
    """On any small script: never raises, one prompt, timers in step, whole JSON, Back in bounds."""
    play(script, data)


FILES = sorted((Path(__file__).parents[3] / "flows" / "scripts").glob("*/v*.yaml"))
SHIPPED = link(parse(path.read_text("utf-8"), path.as_posix()) for path in FILES)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(sorted(SHIPPED)), data=st.data())
def test_no_sequence_of_events_breaks_a_shipped_script(name: str, data: st.DataObject) -> None:
    """The same promises hold on every released conversation."""
    play(SHIPPED[name], data)
