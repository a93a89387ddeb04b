"""A hand on a phone: taps what is there, or types what is asked for, as its owner's manners and chance have it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from bot.sandbox.world import Message
from bot.service.inbound.reference import PromptTap, parse
from bot.twin.machine import Machine
from bot.twin.screens import Question, Screens
from flows.script import InputKind

AMOUNTS = ("20", "60", "150", "300", "0", "1200")
DAYS = (3, 10, 30)  # ahead, of a day that is typed
NEARBY = {"latitude": 51.5, "longitude": -0.1}
TYPES = 0.7  # of the times when something may be typed or tapped
RARE = {
    "sos": 0.02,
    "stop": 0.1,
    "tension": 0.3,
    "leave": 0.1,
    "cards": 0.3,
    "note": 0.3,
    "alone": 0.05,
    "not_me": 0.1,
}


@dataclass(frozen=True, slots=True)
class Manners:
    """How somebody answers: taps `likes` with these weights, any other button weighs one or what `RARE` says.

    `words` are typed where anything may be, `says` at these steps. Where there is nothing to like, they do something
    all the same in a `restless` share of the cases.
    """

    likes: Mapping[str, float] = field(default_factory=dict)
    words: tuple[str, ...] = ("All right.",)
    says: Mapping[str, str] = field(default_factory=dict)
    restless: float = 1.0


class Hand:
    """The hand of one person at one phone."""

    def __init__(self, machine: Machine, screens: Screens, random: Random, chat_id: int) -> None:
        self._machine, self._screens, self._random = machine, screens, random
        self.chat_id = chat_id

    def does(self, deed: str, **given: object) -> None:
        """Do something on the phone; what comes of it comes later, with what everybody else does."""
        self._machine.puts(self.chat_id, deed, **given)

    def act(self, manners: Manners, *, times: int = 1) -> bool:
        """Do one thing about what is on the screen; False when there is nothing to do."""
        question, message = self._screens.asked(self.chat_id), self._newest()
        if question is not None and question.takes is not None and self._types(message):
            self._type(question, question.takes, manners)
            return True
        return message is not None and self._tap(message, manners, times)

    def find(self, verb: str, subject_id: int) -> tuple[int, str] | None:
        """Return the newest message that has an action's button for a subject, and what the button carries."""
        for message in reversed(self._machine.world.chat(self.chat_id).messages):
            for data in _open(message):
                if data.startswith(f"{verb}:{subject_id}"):
                    return message.message_id, data
        return None

    def _types(self, message: Message | None) -> bool:
        return message is None or self._random.random() < TYPES

    def _newest(self) -> Message | None:
        shown = self._machine.world.chat(self.chat_id).messages
        return next((one for one in reversed(shown) if one.by_bot and _open(one)), None)

    def _tap(self, message: Message, manners: Manners, times: int) -> bool:
        options = _open(message)
        names = [_name(data) for data in options]
        if not any(manners.likes.get(name) for name in names) and self._random.random() >= manners.restless:
            return False
        weights = [manners.likes.get(name, RARE.get(name, 1.0)) for name in names]
        if not any(weights):
            return False
        data = self._random.choices(options, weights)[0]
        self.does("tap", message_id=message.message_id, data=data, times=times)
        return True

    def _type(self, question: Question, takes: InputKind, manners: Manners) -> None:
        if takes is InputKind.LOCATION:
            self.does("share", content={"location": NEARBY})
        elif question.step in manners.says:
            self.does("say", text=manners.says[question.step])
        elif takes is InputKind.NUMBER:
            self.does("say", text=self._random.choice(AMOUNTS))
        elif takes is InputKind.DATE:
            self.does("say", text=self._day().isoformat())
        else:
            self.does("say", text=self._random.choice(manners.words))

    def _day(self) -> date:
        today = self._machine.clock.now().date()
        return today.fromordinal(today.toordinal() + self._random.choice(DAYS))


def _open(message: Message) -> list[str]:
    return [str(one["callback_data"]) for one in message.buttons() if "callback_data" in one]


def _name(data: str) -> str:
    """Return the option of a question, or the verb of an action."""
    reference = parse(data)
    return reference.option if isinstance(reference, PromptTap) else data.partition(":")[0]
