"""Teams: two people each who go to the visits of their day, and are ill now and then."""

from datetime import timedelta
from typing import Any

from bot.service.field.code import code_of
from bot.store import people, soundness
from bot.twin.hands import Manners
from bot.twin.life import Life

EARLY = timedelta(minutes=5)  # before a visit, when the team comes
STEP = timedelta(minutes=1)  # between two taps of one person at the door
AT_THE_DOOR = 60  # taps of one person during a visit, at most
ILL = 0.01  # of all mornings of a team
TAKES_THE_DAY_OFF = Manners({"off": 1000})
NOT_NOW = ("visit", "pin", "brief", "pack", "kit")  # buttons of the list of the day, once one is on the way
LIKES = {
    "check_in": 60,
    "next": 60,
    "maybe_them": 20,
    "them": 30,
    "outside": 12,
    "invited": 6,
    "good": 30,
    "look": 20,
    "check_out": 3,
    "promise": 6,
    "plan": 4,
    "wants_to": 5,
    "promise_to_pay": 5,
    "ready": 20,
    "go_on": 5,
    "yes": 5,
    "skip": 0.3,
    "child": 0.3,
    "distress": 0.3,
    "interpreter": 0.3,
    "crisis": 0.1,
    "refuses": 0.5,
    "bad": 0.3,
    "pause": 0.3,
    "end_it": 0.1,
    "not_now": 0.5,
    "declined": 0.5,
    "dispute": 0.5,
    "disputes": 0.3,
    "tension": 0.1,
    "leave": 0.05,
    "cards": 0.1,
    "note": 0.2,
}


class Teams:
    """The chats of those who go out, two and two; of so many teams the safety officer is ill all the time."""

    def __init__(self, life: Life, ill: int) -> None:
        self._life, self._ill = life, ill
        self.chats: list[tuple[int, int]] = []

    async def morning(self) -> None:
        """Some take the day off; the others will go to the visits that are confirmed for today."""
        for number, (collector, officer) in enumerate(self.chats):
            if number < self._ill:
                self._take_the_day_off(officer)
            elif self._life.happens(ILL):
                self._take_the_day_off(collector)
        inst, today = self._life.machine.inst, self._life.now().date()
        async with inst.store.read() as tx:
            rows = [one for one in await soundness.booked(tx, ["confirmed"]) if one.starts_at.date() == today]
            chats = {one.id: one.chat_id for one in await people.everybody(tx)}
        for visit in rows:
            for person in (visit.collector_id, visit.safety_officer_id):
                _Errand(self._life, visit, chats[person]).begin()

    def _take_the_day_off(self, chat_id: int) -> None:
        hand = self._life.hand(chat_id)
        hand.does("say", text="/off")

        async def chooses() -> None:
            hand.act(TAKES_THE_DAY_OFF)

        self._life.later(STEP, chat_id, chooses)


class _Errand:
    """One person at one visit: the way there, and one tap after the other until it is over or their patience is."""

    def __init__(self, life: Life, visit: Any, chat_id: int) -> None:
        self._life, self._visit, self._hand = life, visit, life.hand(chat_id)
        code = code_of(life.machine.inst, visit)
        self._manners = Manners(
            LIKES | dict.fromkeys(NOT_NOW, 0.0), ("They lost their job.",), {"code": code.customer}
        )
        self._left = AT_THE_DOOR

    def begin(self) -> None:
        """Come a little early."""
        self._life.agenda.at(self._visit.starts_at - EARLY, self._hand.chat_id, self._arrives)

    async def _arrives(self) -> None:
        self._hand.does("say", text="/today")
        self._life.later(STEP, self._hand.chat_id, self._opens)

    async def _opens(self) -> None:
        found = self._hand.find("visit", self._visit.id)
        if found is not None:
            message_id, data = found
            self._hand.does("tap", message_id=message_id, data=data)
            self._life.later(STEP, self._hand.chat_id, self._goes_on)

    async def _goes_on(self) -> None:
        self._left -= 1
        if self._hand.act(self._manners) and self._left:
            self._life.later(STEP, self._hand.chat_id, self._goes_on)
