"""What is always at hand at the door, held against the frameworks that it follows, in each language."""

import re
from itertools import pairwise

import pytest

from bot.i18n import catalogues
from bot.library import scripts
from flows.script import Ask, Do, End, InputKind, Script
from flows.script.exits import exits

SCRIPTS, _ = scripts()
LATEST = {script.name: script for script in SCRIPTS.values()}
TENSION = LATEST["tension"]
AT_THE_DOOR = ("onsite", "safety")
A_DOZEN = 12  # words; a Chinese word has two characters or fewer


def questions(script: Script) -> list[Ask]:
    """Return the questions of a script in order."""
    return [step for step in script.steps.values() if isinstance(step, Ask)]


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
@pytest.mark.parametrize("ask", questions(TENSION), ids=lambda ask: ask.id)
def test_a_prompt_of_tension_is_read_at_a_glance(ask: Ask, locale: str) -> None:
    """Every prompt has under a dozen words, in each language, and is answered with one tap."""
    shown = catalogues.load().text(locale, ask.text.context, ask.text.msgid)
    words = shown.split() if locale == "en" else re.findall(r"[\u4e00-\u9fff]", shown)[::2]

    assert len(words) < A_DOZEN, shown
    assert ask.input is InputKind.CHOICE
    assert ask.choices


def test_the_prompts_come_in_the_order_of_leaps() -> None:
    """Listen, empathise, ask, paraphrase, summarise: amber leads through the five steps in this order."""
    step, passed = next(one.then for one in TENSION.steps["level"].choices if one.id == "amber"), []
    while isinstance(ask := TENSION.steps[step], Ask):
        passed.append(step)
        step = next(one.then for one in ask.choices if one.id in ("next", "calmer"))

    assert passed == ["listen", "empathise", "enquire", "paraphrase", "summarise"]


@pytest.mark.parametrize("ask", questions(TENSION), ids=lambda ask: ask.id)
def test_red_is_one_tap_away(ask: Ask) -> None:
    """From every prompt of tension red is one tap, and it ends the script as red."""
    (red,) = (choice for choice in ask.choices if choice.id == "red")
    end = TENSION.steps[red.then]

    assert isinstance(end, End)
    assert end.outcome == "red"


@pytest.mark.parametrize("name", AT_THE_DOOR)
def test_danger_ends_the_visit(name: str) -> None:
    """Red, leaving after SOS, and being asked to leave each end the visit before anything else is asked."""
    script = LATEST[name]
    found = {choice.id: choice for choice in script.interrupts}
    ways = [found["tension"].outcomes["red"], found["sos"].outcomes["left"], found["leave"].then]

    for way in ways:
        step = script.steps[way]
        while isinstance(step, Do) and step.effect == "open_hold":
            step = script.steps[step.outcomes["otherwise"]]
        assert isinstance(step, Do)
        assert step.effect == "end_visit"


@pytest.mark.parametrize("name", AT_THE_DOOR)
def test_what_is_said_at_the_door_is_always_at_hand(name: str) -> None:
    """Tension, asked to leave, SOS, notes and the cards stand below every question of both scripts."""
    script = LATEST[name]
    cards = next(choice for choice in script.interrupts if choice.id == "cards")
    came_up = {choice.id for choice in LATEST["cards"].steps["what"].choices}

    assert [choice.id for choice in script.interrupts] == ["tension", "leave", "sos", "note", "cards"]
    assert {"disputed", "represented", "wants_stop", "vulnerable", "in_crisis", "alone"} <= set(
        cards.outcomes
    )
    assert {"self_harm", "wellbeing", "disputed", "represented", "wants_stop", "alone"} <= came_up


@pytest.mark.parametrize("framework", ["TEXAS", "IDEA", "BRUCE"])
def test_the_cards_follow_their_framework(framework: str) -> None:
    """Each letter of the framework has its card, in order, and each card leads to the next."""
    notes = [
        (step.id, step.note) for step in questions(LATEST["wellbeing"]) if f"of {framework}" in step.note
    ]
    cards, letters = [step for step, _ in notes], "".join(note[0] for _, note in notes)

    assert letters == framework
    for card, following in pairwise(cards):
        assert following in {way.target for way in exits(LATEST["wellbeing"].steps[card])}


def test_self_harm_follows_blake() -> None:
    """Breathe, listen, ask, keep safe, end by summarising: the path is fixed and shows the local line."""
    first, *later = [f"{step.id}: {step.note}" for step in questions(LATEST["self_harm"])]
    notes = " ".join(later)
    order = [notes.index(word) for word in ("Listen", "Ask", "Keep safe", "End")]
    said = [text for step in questions(LATEST["self_harm"]) for text in (step.text, step.aloud) if text]

    assert first.startswith("breathe")
    assert order == sorted(order)
    assert any("crisis_line" in text.names for text in said)
