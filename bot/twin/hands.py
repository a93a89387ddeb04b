"""A hand on a phone: taps what is there, or types what is asked for, as likes and chance have it."""

from collections.abc import Mapping
from random import Random

from bot.sandbox.world import Message
from bot.service.conversations.batch import Batch
from bot.twin.machine import Machine
from flows.engine import wanted
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


class Hand:
    """The hand of one person at one phone."""

    def __init__(self, machine: Machine, random: Random, chat_id: int) -> None:
        self._machine, self._random, self.chat_id = machine, random, chat_id

    async def act(
        self, likes: Mapping[str, float], words: tuple[str, ...] = ("All right.",), *, times: int = 1
    ) -> bool:
        """Do one thing about what is on the screen; False when there is nothing to do."""
        asked = await self._asked()
        message = self._newest()
        if asked not in (None, InputKind.CHOICE, InputKind.SLOT) and (
            message is None or self._random.random() < TYPES
        ):
            await self._type(asked, words)
            return True
        if message is None:
            return False
        data = self._choose(message, likes)
        await self._machine.does(self.chat_id, "tap", message_id=message.message_id, data=data, times=times)
        return True

    async def _asked(self) -> InputKind | None:
        """Return what the open question takes besides taps."""
        async with self._machine.inst.store.read() as tx:
            batch = Batch(self._machine.inst, tx, self._machine.clock.now())
            await batch.load([self.chat_id])
            chat = batch.chat(self.chat_id)
            talk = batch.conversation(chat.session_id) if chat is not None and chat.session_id else None
            return wanted(talk.script, talk.session) if talk is not None else None

    def _newest(self) -> Message | None:
        shown = self._machine.world.chat(self.chat_id).messages
        return next((one for one in reversed(shown) if one.by_bot and _open(one)), None)

    def _choose(self, message: Message, likes: Mapping[str, float]) -> str:
        options = _open(message)
        names = [{one.rpartition(":")[2], one.partition(":")[0]} for one in options]
        weights = [
            max((likes.get(name, RARE.get(name, 1.0)) for name in both), default=1.0) for both in names
        ]
        return self._random.choices(options, weights)[0]

    async def _type(self, asked: InputKind | None, words: tuple[str, ...]) -> None:
        machine, today = self._machine, self._machine.clock.now().date()
        if asked is InputKind.LOCATION:
            await machine.does(self.chat_id, "share", content={"location": NEARBY})
        elif asked is InputKind.NUMBER:
            await machine.does(self.chat_id, "say", text=self._random.choice(AMOUNTS))
        elif asked is InputKind.DATE:
            day = today.fromordinal(today.toordinal() + self._random.choice(DAYS))
            await machine.does(self.chat_id, "say", text=day.isoformat())
        else:
            await machine.does(self.chat_id, "say", text=self._random.choice(words))


def _open(message: Message) -> list[str]:
    return [str(one["callback_data"]) for one in message.buttons() if "callback_data" in one]
