"""Customers as they are: each kind answers in its own time and way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.twin.hands import Manners

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RESTLESS = 0.1  # of the times when there is nothing to answer, somebody taps something all the same


@dataclass(frozen=True, slots=True)
class Persona:
    """How somebody answers: within this span, in this manner.

    `answers`: in how many of a hundred cases at all; `taps`: how often each button is tapped; `pays`: how many
    promises of a hundred; `night`: wakes when others sleep; `blocks`: in how many answers of a hundred they block
    the bot instead; `phones`: every so often somebody writes from another one.
    """

    name: str
    soonest: timedelta
    latest: timedelta
    manners: Manners
    answers: int = 100
    taps: int = 1
    pays: int = 70
    night: bool = False
    blocks: int = 0
    phones: int = 1


def _manners(likes: Mapping[str, float], *words: str) -> Manners:
    return Manners(likes, words or ("Good morning.", "I do not know."), restless=RESTLESS)


_GLAD = {"confirm": 40, "right": 20, "yes": 20, "matches": 20, "accept": 10, "paid": 6, "fine": 5}
_GLADLY = _manners(_GLAD)
PERSONAS: tuple[Persona, ...] = (
    Persona("prompt", timedelta(minutes=1), HOUR, _GLADLY),
    Persona("forgetful", 6 * HOUR, 2 * DAY, _GLADLY, answers=60, pays=40),
    Persona("night_owl", HOUR, 8 * HOUR, _manners(_GLAD | {"move": 20}), night=True),
    Persona("tap_happy", timedelta(seconds=1), timedelta(minutes=1), _manners(_GLAD | {"move": 15}), taps=3),
    Persona("silent", DAY, 9 * DAY, Manners(), answers=5, pays=20),
    Persona(
        "angry",
        timedelta(minutes=1),
        HOUR,
        _manners({"wrong": 10, "stop": 4, "confirm": 4}, "Leave me alone!", "stop", "I complain."),
        pays=30,
    ),
    Persona(
        "vulnerable",
        HOUR,
        DAY,
        _manners({"help": 15, "health": 10, "yes": 5, "confirm": 15}, "I have been in hospital."),
        pays=50,
    ),
    Persona("moves_away", HOUR, DAY, _manners({"not_me": 4, "move": 20, "confirm": 20})),
    Persona("two_phones", timedelta(minutes=5), 6 * HOUR, _GLADLY, phones=2),
    Persona("blocks", timedelta(minutes=5), HOUR, _GLADLY, blocks=20),
)
