"""Questions, taps and typed answers."""

from collections.abc import Callable
from typing import Any

import pytest

from flows.engine import (
    ClosePrompt,
    FileKind,
    FileSent,
    Finished,
    Option,
    RecordAnswer,
    RejectInput,
    RejectTap,
    Session,
    Status,
    open_options,
    wanted,
)
from flows.script import InputKind

SCRIPT = """\
script: q
version: 1
party: customer
in_place: true
interrupts:
  - {id: stop, label: "Stop", then: end}
steps:
  - id: first
    ask: "First?"
    numbered: true
    columns: 2
    discloses_debt: true
    save: first
    choices:
      - {id: yes, label: "Yes", then: second, style: success}
      - {id: no, label: "No", then: end}
    timeouts: [{id: late, after: PT1H, then: end}]
  - id: second
    ask: "Second?"
    numbered: true
    input: text
    hint: "Type."
    maximum: 5
    then: third
    choices: [{id: skip, label: "Skip", then: third}]
    timeouts: [{id: late, after: PT1H, then: end}]
  - id: third
    ask: "Which day?"
    input: date
    choices_from: days
    format: date
    save: day
    then: end
    choices: [{id: none, label: "None", then: end}]
    timeouts: [{id: late, after: PT1H, then: end}]
  - id: end
    end: completed
"""


@pytest.fixture
def talk(play: Callable[..., Any]) -> Any:
    return play(SCRIPT)


def test_a_start_asks_the_first_question(talk: Any) -> None:
    """The prompt carries its text, buttons, layout and progress."""
    prompt = talk.prompt
    assert (prompt.text.msgid, prompt.prompt_no, prompt.progress) == ("First?", 1, (1, 2))
    assert (prompt.in_place, prompt.columns, prompt.again, prompt.discloses_debt) == (True, 2, False, True)
    assert [(o.id, o.style, o.permanent) for o in prompt.options] == [
        ("yes", "success", False),
        ("no", "", False),
        ("stop", "", True),
    ]


def test_a_tap_records_its_choice_and_goes_on(talk: Any) -> None:
    """The old prompt is closed with what was chosen, the answer recorded, the timer cancelled."""
    options = open_options(talk.script, talk.session)
    effects = talk.tap("yes")
    assert effects[:2] == (ClosePrompt(1, options[0]), RecordAnswer("q.first", "first", "yes"))
    assert talk.cancelled == {"q.first.late"}
    assert talk.said == ["Second?"]
    assert talk.session.values == {"first": "yes"}


def test_a_question_without_a_name_records_nothing(talk: Any) -> None:
    """An answer that no later step needs is not kept."""
    talk.tap("yes")
    assert not any(isinstance(effect, RecordAnswer) for effect in talk.tap("skip"))


@pytest.mark.parametrize(("choice", "prompt_no"), [("yes", 0), ("yes", 2), ("maybe", 1)])
def test_a_tap_on_anything_but_the_open_prompt_changes_nothing(
    talk: Any, choice: str, prompt_no: int
) -> None:
    """An old prompt or an unknown choice is answered, and the session stays the very same."""
    before = talk.session
    assert talk.tap(choice, prompt_no) == (RejectTap(prompt_no),)
    assert talk.session is before


def test_a_double_tap_counts_once(talk: Any) -> None:
    """The second of two taps is on a prompt that is no longer open."""
    talk.tap("yes")
    assert talk.tap("yes", 1) == (RejectTap(1),)


def test_text_where_a_tap_is_wanted_is_refused(talk: Any) -> None:
    """The prompt stays open, and the reason says what is wanted."""
    before = talk.session
    assert talk.type("yes please") == (RejectInput(None, "wants_choice"),)
    assert talk.session is before


def test_a_refusal_carries_the_hint_of_the_question(talk: Any) -> None:
    """A script may say itself what it wants."""
    talk.tap("yes")
    (effect,) = talk.type("much too long")
    assert (effect.hint.msgid, effect.reason) == ("Type.", "too_long")


def test_typed_text_answers_a_question_that_wants_it(talk: Any) -> None:
    """The prompt closes without a chosen button."""
    talk.tap("yes")
    assert talk.type(" four ")[0] == ClosePrompt(2, None)
    assert talk.said == ["Which day?"]


def test_what_is_on_offer_comes_first(talk: Any) -> None:
    """Values offered by an earlier step stand before the fixed choices, Back and the permanent ones."""
    offered_days(talk)
    assert talk.prompt.options[0] == Option("d1", value="2026-11-28", format="date")
    assert talk.buttons == ["d1", "d2", "none", "back", "stop"]


def offered_days(talk: Any) -> None:
    days = [{"id": "d1", "value": "2026-11-28"}, {"id": "d2", "value": "2026-11-29"}]
    odd = ["x", {"id": 3, "value": "x"}, {"id": "y"}, {"id": "stop", "value": "x"}]
    values = {"days": [*days, *odd]}
    old = talk.session
    talk.session = Session(old.script, 1, old.status, old.frames, values, (), old.timers, 1, 1)
    talk.tap("yes")
    talk.tap("skip")


def test_only_proper_offers_become_buttons(talk: Any) -> None:
    """Whatever does not look like an offer, or would take the place of another button, is left out."""
    offered_days(talk)
    assert talk.buttons.count("stop") == 1
    assert "y" not in talk.buttons


def test_a_tapped_offer_records_its_value(talk: Any) -> None:
    """The value counts, not the button's id."""
    offered_days(talk)
    assert RecordAnswer("q.third", "day", "2026-11-29") in talk.tap("d2")
    assert talk.session.status is Status.DONE


def test_a_typed_day_must_be_on_offer(talk: Any) -> None:
    """Where days are offered no other day is taken, however it is written."""
    offered_days(talk)
    assert talk.type("2026-12-24") == (RejectInput(None, "wants_choice"),)
    assert RecordAnswer("q.third", "day", "2026-11-28") in talk.type("2026年11月28日")


def test_no_offer_is_no_button(talk: Any) -> None:
    """A missing value leaves only the fixed choices."""
    talk.tap("yes")
    talk.tap("skip")
    assert talk.buttons == ["none", "back", "stop"]


def test_the_end_is_the_end(talk: Any) -> None:
    """A finished conversation answers taps and moves for nothing."""
    assert Finished("completed") in talk.tap("no")
    done = talk.session
    assert done.status is Status.DONE
    assert (done.outcome, done.frames, dict(done.timers)) == ("completed", (), {})
    assert talk.tap("yes") == (RejectTap(1),)
    assert talk.start() == talk.type("x") == talk.raise_("stop") == talk.recall() == talk.done("x") == ()
    assert talk.fire("q.first.late", 1) == ()
    assert talk.session is done
    assert open_options(talk.script, done) == ()


def test_every_move_is_a_turn(talk: Any) -> None:
    """The turn grows by one with a move and by none without."""
    talk.type("no such thing")
    assert talk.session.turn == 1
    talk.tap("yes")
    assert talk.session.turn == 2


def test_a_recalled_question_is_sent_again(talk: Any) -> None:
    """The old prompt closes, the new one has its own number, and the timers stay as they are."""
    timers = talk.session.timers
    talk.wait(minutes=30)
    assert talk.recall()[0] == ClosePrompt(1, None)
    assert (talk.prompt.prompt_no, talk.prompt.again, talk.prompt.text.msgid) == (2, True, "First?")
    assert (talk.timers, talk.session.timers) == ({}, timers)


PROGRESS = """\
script: p
version: 1
party: collector
owner: staff
steps:
  - id: a
    ask: "A?"
    numbered: true
    choices: [{id: left, label: "L", then: left}, {id: right, label: "R", then: right}]
  - {id: left, ask: "L?", numbered: true, choices: [{id: on, label: "On", then: c}]}
  - id: right
    ask: "R?"
    numbered: true
    choices: [{id: on, label: "On", then: c}, {id: more, label: "More", then: more}]
  - {id: more, ask: "More?", numbered: true, choices: [{id: on, label: "On", then: c}]}
  - {id: c, ask: "C?", choices: [{id: on, label: "On", then: d}, {id: again, label: "Again", then: a}]}
  - {id: d, ask: "D?", numbered: true, choices: [{id: on, label: "On", then: end}]}
  - {id: end, end: over}
"""


def test_progress_counts_the_longest_way(play: Callable[..., Any]) -> None:
    """Alternatives share a number, a loop counts for nothing, and the figure never goes down on the way."""
    talk = play(PROGRESS)
    seen = [talk.prompt.progress]
    for tap in ("right", "on", "on"):
        talk.tap(tap)
        seen.append(talk.prompt.progress)
    assert seen == [(1, 4), (2, 4), None, (4, 4)]
    other = play(PROGRESS)
    other.tap("left")
    assert other.prompt.progress == (2, 4)


FILES = """\
script: f
version: 1
party: collector
owner: staff
steps:
  - {id: a, ask: "A?", choices: [{id: on, label: "On", then: b}]}
  - {id: b, ask: "B?", input: file, save: b, then: end}
  - {id: end, end: over}
"""


def test_what_an_open_question_wants(play: Callable[..., Any]) -> None:
    """A question says what it takes besides taps; before the first and after the last nothing is wanted."""
    talk = play(FILES)
    assert wanted(talk.script, Session("f", 1)) is None
    assert wanted(talk.script, talk.session) is InputKind.CHOICE
    talk.tap("on")
    assert wanted(talk.script, talk.session) is InputKind.FILE
    talk.give(FileSent(talk.at, FileKind.PHOTO, "f"))
    assert wanted(talk.script, talk.session) is None
