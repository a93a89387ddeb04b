"""Timeouts: set, guarded, cancelled, and never late."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.engine import ClosePrompt, EffectDone, Perform, Session, Status, TimerFired, advance
from flows.engine.draft import draft_of
from flows.engine.places import timeout_of
from flows.errors import SessionUnreadable
from flows.script import Timeout

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

SCRIPT = """\
script: t
version: 1
party: customer
timeouts: [{id: over, after: P3D, then: over}]
interrupts: [{id: pause, label: "Pause", call: sub, outcomes: {far: over}}]
steps:
  - id: wait
    ask: "Well?"
    choices: [{id: go, label: "Go", then: more}]
    timeouts:
      - {id: nudge, after: PT1H, then: nudge}
      - {id: before, before: visit_at, by: PT2H, then: over}
  - id: nudge
    ask: "Still there?"
    choices: [{id: go, label: "Go", then: more}]
  - id: more
    do: look
    outcomes: {again: wait, otherwise: over}
  - id: over
    end: over
"""
SUB = """\
script: sub
version: 1
party: anyone
timeouts: [{id: silent, after: PT5M, then: near}]
steps:
  - id: ask
    ask: "Paused."
    choices: [{id: near, label: "Near", then: near}, {id: far, label: "Far", then: far}]
    timeouts: [{id: own, after: PT1M, then: near}]
  - id: near
    end: near
  - id: far
    end: far
"""


@pytest.fixture
def talk(play: Callable[..., Any]) -> Any:
    return play(SCRIPT, SUB, visit_at=NOON + timedelta(days=1))


def test_timeouts_count_from_the_question_or_back_from_a_fact(talk: Any) -> None:
    """Those of the script live beside those of the question."""
    assert talk.timers == {
        "t.over": NOON + timedelta(days=3),
        "t.wait.nudge": NOON + timedelta(hours=1),
        "t.wait.before": NOON + timedelta(hours=22),
    }
    assert dict(talk.session.timers) == dict.fromkeys(talk.timers, 1)


@pytest.mark.parametrize("visit_at", [None, "soon", NOON + timedelta(hours=1), NOON.replace(tzinfo=None)])
def test_a_reminder_that_would_be_late_is_not_set(play: Callable[..., Any], visit_at: object) -> None:
    """Neither is one whose fact is missing or no instant."""
    assert set(play(SCRIPT, SUB, visit_at=visit_at).timers) == {"t.over", "t.wait.nudge"}


def test_a_timer_that_fires_leads_on(talk: Any) -> None:
    """The prompt closes without a choice, the question's other timers are cancelled, the script's stay."""
    assert talk.fire("t.wait.nudge")[0] == ClosePrompt(1, None)
    assert talk.said == ["Still there?"]
    assert talk.cancelled == {"t.wait.before"}
    assert set(talk.session.timers) == {"t.over"}


def test_a_nudge_that_fires_after_the_visit_moment_is_overtaken(talk: Any) -> None:
    """After an outage only the later timeout speaks: nobody is nudged about what is over."""
    before = talk.session
    talk.wait(hours=23)
    assert talk.fire("t.wait.nudge") == ()
    assert talk.session is before
    talk.fire("t.wait.before")
    assert talk.session.status is Status.DONE


def test_of_two_reminders_that_are_both_late_the_last_is_sent(play: Callable[..., Any]) -> None:
    """The day-before reminder gives way to the one of two hours before, not to one that is still ahead."""
    source = """\
script: t
version: 1
party: customer
timeouts: [{id: over, after: P9D, then: end}]
steps:
  - id: wait
    ask: "Well?"
    choices: [{id: go, label: "Go", then: end}]
    timeouts:
      - {id: day, before: visit_at, by: P1D, then: day}
      - {id: hours, before: visit_at, by: PT2H, then: hours}
  - id: day
    ask: "Tomorrow."
    choices: [{id: go, label: "Go", then: end}]
  - id: hours
    ask: "Soon."
    choices: [{id: go, label: "Go", then: end}]
  - id: end
    end: end
"""
    talk = play(source, visit_at=NOON + timedelta(days=2))
    talk.wait(days=1, hours=22, minutes=1)
    assert talk.fire("t.wait.day") == ()
    talk.fire("t.wait.hours")
    assert talk.said == ["Soon."]

    punctual = play(source, visit_at=NOON + timedelta(days=2))
    punctual.wait(days=1, minutes=1)
    punctual.fire("t.wait.day")
    assert punctual.said == ["Tomorrow."]


@pytest.mark.parametrize(("key", "turn"), [("t.wait.nudge", 0), ("t.wait.none", 1), ("", 1)])
def test_a_stale_timer_does_nothing(talk: Any, key: str, turn: int) -> None:
    """A timer of another turn, or one that is no longer wanted, moves nothing."""
    before = talk.session
    assert talk.fire(key, turn) == ()
    assert talk.session is before


def test_a_question_asked_anew_has_new_timers(talk: Any) -> None:
    """The timers of the first time do not fire in the second."""
    talk.tap("go")
    talk.wait(minutes=10)
    talk.done("again")
    assert talk.timers["t.wait.nudge"] == talk.at + timedelta(hours=1)
    assert talk.fire("t.wait.nudge", 1) == ()


def test_the_script_s_timeout_ends_it_from_any_step(talk: Any) -> None:
    """All that is live is cancelled with it."""
    talk.fire("t.over")
    assert talk.session.outcome == "over"
    assert talk.cancelled == {"t.wait.nudge", "t.wait.before"}


def test_an_aside_leaves_the_timers_beneath_it_alone(talk: Any) -> None:
    """The question is shown again with its first due times."""
    beneath = dict(talk.session.timers)
    talk.wait(minutes=1)
    talk.tap("pause")
    assert set(talk.timers) == {"sub.silent", "sub.ask.own"}
    assert beneath.items() <= dict(talk.session.timers).items()
    talk.tap("near")
    assert talk.cancelled == {"sub.silent", "sub.ask.own"}
    assert (talk.prompt.again, talk.timers, dict(talk.session.timers)) == (True, {}, beneath)


def test_a_timer_beneath_an_aside_ends_the_aside(talk: Any) -> None:
    """The nudge is due although the person is looking at something else."""
    talk.tap("pause")
    talk.fire("t.wait.nudge")
    assert talk.said == ["Still there?"]
    assert talk.cancelled == {"sub.silent", "sub.ask.own", "t.wait.before"}


def test_a_sub_script_s_own_timeout_ends_it_alone(talk: Any) -> None:
    """The question beneath is shown again."""
    talk.tap("pause")
    talk.fire("sub.silent")
    assert (talk.said, talk.prompt.again) == (["Well?"], True)


def test_an_aside_that_leads_away_cancels_the_question_s_timers(talk: Any) -> None:
    """Nothing of the abandoned question fires later."""
    talk.tap("pause")
    talk.tap("far")
    assert talk.session.status is Status.DONE
    assert not talk.session.timers


ONLY = """\
script: only
version: 1
party: customer
steps:
  - id: ask
    ask: "Coming?"
    choices: [{id: yes, label: "Yes", then: end}]
    timeouts:
      - {id: first, before: visit_at, by: P1D, then: end}
      - {id: last, before: visit_at, by: PT0S, then: end}
  - id: end
    end: over
"""


def test_nothing_waits_for_ever(play: Callable[..., Any]) -> None:
    """When all is past and nothing else would wake the conversation, its last timeout is due at once."""
    assert play(ONLY, visit_at=NOON - timedelta(days=3)).timers == {"only.ask.last": NOON}


def test_an_owner_may_wait(play: Callable[..., Any]) -> None:
    """A person who is present needs no waking."""
    owned = ONLY.replace("party: customer", "party: collector\nowner: staff")
    assert play(owned, visit_at=NOON - timedelta(days=3)).timers == {}


def test_an_owner_of_the_conversation_may_wait_in_any_part_of_it(play: Callable[..., Any]) -> None:
    """A sub-script without an owner runs under its caller's."""
    root = "script: r\nversion: 1\nparty: collector\nowner: staff\nsteps:\n"
    root += "  - {id: go, call: only, outcomes: {over: end}}\n  - {id: end, end: over}\n"
    assert play(root, ONLY, visit_at=NOON - timedelta(days=3)).timers == {}


def test_a_timer_of_nothing_is_another_script_s(talk: Any) -> None:
    """A session whose timers the script does not know is refused as unreadable."""
    with pytest.raises(SessionUnreadable):
        timeout_of(talk.script, talk.session.frames, "t.gone")
    with pytest.raises(SessionUnreadable):
        timeout_of(talk.script, talk.session.frames, "elsewhere.gone")


def test_a_perform_out_of_nowhere_fails_safely(talk: Any) -> None:
    """An answer to an order that the step never gave ends the conversation as failed."""
    old = talk.session
    odd = Session("t", 1, Status.PERFORMING, old.frames, timers=old.timers, turn=1, prompt_no=1)
    turn = advance(talk.script, odd, EffectDone(NOON, "again"), {})
    assert turn.session.outcome == "failed"


def test_a_timeout_without_a_time_is_never_due(talk: Any) -> None:
    """Such a timeout cannot be read from a file; the engine does not stumble over it either."""
    draft = draft_of(talk.script, talk.session, NOON, talk.facts)
    draft.set_timers((Timeout("odd", "over", anchor="visit_at"),), "t")
    assert draft.effects == []


def test_a_fired_timer_belongs_to_a_waiting_session(talk: Any) -> None:
    """While something is performed no timer moves the session."""
    talk.tap("go")
    assert talk.give(TimerFired(NOON, "t.over", 1)) == ()


ERRAND = """\
script: e
version: 1
party: customer
interrupts: [{id: pause, label: "Pause", call: sub}]
steps:
  - id: wait
    ask: "Well?"
    choices: [{id: go, label: "Go", then: over}]
    timeouts:
      - {id: silent, after: PT1H, do: tell, args: {kind: x}}
      - {id: left, before: visit_at, by: PT0S, then: over}
  - {id: over, end: over}
"""


def test_a_timeout_may_have_something_done_and_leave_the_question_open(play: Callable[..., Any]) -> None:
    """Nothing is said, no button goes, and the answer is taken afterwards as before."""
    talk = play(ERRAND, SUB, visit_at=NOON + timedelta(days=1))
    assert talk.fire("e.wait.silent") == (Perform("tell", {"kind": "x"}),)
    assert talk.give(EffectDone(NOON, "done")) == ()
    assert set(talk.session.timers) == {"e.wait.left"}

    talk.tap("go")

    assert talk.session.outcome == "over"


def test_it_leaves_what_is_open_above_the_question_alone(play: Callable[..., Any]) -> None:
    """An aside that the person opened stays open, too."""
    talk = play(ERRAND, SUB, visit_at=NOON + timedelta(days=1))
    talk.tap("pause")
    talk.fire("e.wait.silent")
    talk.give(EffectDone(NOON, "done"))

    talk.tap("near")

    assert talk.session.frames[-1].step == "wait"


def test_a_question_whose_ways_out_are_past_leaves_at_once(play: Callable[..., Any]) -> None:
    """An errand ahead wakes nobody, so the last way out is due now."""
    talk = play(ERRAND, SUB, visit_at=NOON - timedelta(days=1))
    assert talk.timers == {"e.wait.silent": NOON + timedelta(hours=1), "e.wait.left": NOON}
