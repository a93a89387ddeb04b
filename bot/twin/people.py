"""Customers as they are: each kind answers in its own time and way. What is not named here they tap at random."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Persona:
    """How somebody answers: within these spans, tapping `likes` with these weights; any other button weighs one.

    `answers`: in how many of a hundred cases at all; `taps`: how often each button is tapped; `pays`: how many
    promises of a hundred; `night`: wakes when others sleep; `blocks`: in how many answers of a hundred they block
    the bot instead; `phones`: every so often somebody writes from another one.
    """

    name: str
    soonest: timedelta
    latest: timedelta
    answers: int = 100
    taps: int = 1
    pays: int = 70
    night: bool = False
    blocks: int = 0
    phones: int = 1
    words: tuple[str, ...] = ("Good morning.", "I do not know.")
    likes: Mapping[str, int] = field(default_factory=dict)


_GLAD = {"confirm": 40, "yes": 20, "matches": 20, "accept": 10, "paid": 6}
PERSONAS: tuple[Persona, ...] = (
    Persona("prompt", timedelta(minutes=1), HOUR, likes=_GLAD),
    Persona("forgetful", 6 * HOUR, 2 * DAY, answers=60, pays=40, likes=_GLAD),
    Persona("night_owl", HOUR, 8 * HOUR, night=True, likes=_GLAD | {"move": 20}),
    Persona("tap_happy", timedelta(seconds=1), timedelta(minutes=1), taps=3, likes=_GLAD | {"move": 15}),
    Persona("silent", DAY, 9 * DAY, answers=5),
    Persona(
        "angry",
        timedelta(minutes=1),
        HOUR,
        words=("Leave me alone!", "stop", "I complain."),
        likes={"wrong": 10, "stop": 4},
    ),
    Persona(
        "vulnerable",
        HOUR,
        DAY,
        words=("I have been in hospital.",),
        likes={"help": 30, "health": 10, "yes": 5},
    ),
    Persona("moves_away", HOUR, DAY, likes={"not_me": 6, "move": 20, "confirm": 10}),
    Persona("two_phones", timedelta(minutes=5), 6 * HOUR, phones=2, likes=_GLAD),
    Persona("blocks", timedelta(minutes=5), HOUR, blocks=20, likes=_GLAD),
)
