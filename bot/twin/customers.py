"""Customers: each opens the link, shows who they are, and answers in their own time, or never."""

from datetime import datetime, timedelta

from bot.sandbox.world import Message
from bot.twin.hands import Manners
from bot.twin.life import Life, in_the_day
from bot.twin.people import Persona

LAST_FOUR = "482X"  # of everybody's document
ENGLISH = Manners({"en": 1000})
STEP = timedelta(minutes=1)  # between two things that one does at once
OTHER_PHONE = 500_000  # what its chat is further on
ON_THE_OTHER = 0.05  # of the answers of somebody with two phones


class Customers:
    """Everybody who has moved in, by the chat of their phone."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._personas: dict[int, Persona] = {}
        self._waiting: set[int] = set()  # whose next answer stands in the agenda already

    def move_in(self, chat_id: int, persona: Persona, link: str, within: timedelta) -> None:
        """Let somebody open their link within this time."""
        self._personas[chat_id] = persona
        hand = self._life.hand(chat_id)

        async def opens() -> None:
            hand.does("open", payload=link)
            self._life.later(STEP, chat_id, chooses)

        async def chooses() -> None:
            hand.act(ENGLISH)
            self._life.later(STEP, chat_id, shows)

        async def shows() -> None:
            hand.does("say", text=LAST_FOUR)

        self._life.agenda.at(self._life.within(within), chat_id, opens)

    def pays(self, chat_id: int) -> bool:
        """Do they keep a promise that is due today?"""
        return self._life.happens(self._personas[chat_id].pays / 100)

    def heard(self, message: Message) -> None:
        """A phone rang: whoever holds it answers in their own time, or never."""
        persona, chat_id = self._personas.get(message.chat_id), message.chat_id
        if persona is None or chat_id in self._waiting or not message.buttons():
            return
        if self._life.happens(persona.answers / 100):
            self._waiting.add(chat_id)
            when = self._life.within(persona.latest, persona.soonest)
            self._answers(chat_id, persona, when if persona.night else in_the_day(when))

    def _answers(self, chat_id: int, persona: Persona, when: datetime) -> None:
        hand = self._life.hand(chat_id)

        async def answers() -> None:
            self._waiting.discard(chat_id)
            if self._life.happens(persona.blocks / 100):
                hand.does("block")
                return
            if persona.phones > 1 and self._life.happens(ON_THE_OTHER):
                self._life.hand(chat_id + OTHER_PHONE).does("say", text="/visit")
            hand.act(persona.manners, times=persona.taps)

        self._life.agenda.at(when, chat_id, answers)
