"""People who do one thing after the other in one process, on the real services; each thing has all that comes of it."""

from datetime import date

from bot.sandbox.world import Chat, Message
from bot.service.conversations.batch import Batch
from bot.service.desk.invites import invite_staff
from bot.service.desk.planning.plan import approve, propose
from bot.service.installation import Installation
from bot.twin.machine import Machine, StillClock

STAFF = {"scheduler": 901, "collector": 902, "safety_officer": 903}  # chats by role


class Rehearsal(Machine):
    """An installation and the people around it."""

    def __init__(self, inst: Installation, clock: StillClock) -> None:
        super().__init__(inst, clock)
        self.chats = dict(STAFF)

    # -- what people do

    async def says(self, chat_id: int, text: str) -> None:
        """Write something."""
        await self.does(chat_id, "say", text=text)

    async def taps(self, chat_id: int, option: str, *, times: int = 1) -> None:
        """Tap the newest button of an option or action."""
        message, data = self.button(chat_id, option)
        await self.does(chat_id, "tap", message_id=message.message_id, data=data, times=times)

    def button(self, chat_id: int, option: str) -> tuple[Message, str]:
        """Return the newest message that offers an option, and what its button carries. Raises `LookupError`."""
        for message in reversed(self.world.chat(chat_id).messages):
            for button in message.buttons():
                data = button["callback_data"]
                if option in (data.rpartition(":")[2], data.partition(":")[0]):
                    return message, data
        raise LookupError(f"nothing offers {option}: {self.said(chat_id)[-1:]}")

    def chat(self, chat_id: int) -> Chat:
        """Return a phone's chat."""
        return self.world.chat(chat_id)

    def said(self, chat_id: int) -> list[str]:
        """Return what the bot said in a chat."""
        return [one.shown for one in self.world.chat(chat_id).messages if one.by_bot]

    # -- how things begin

    async def staff(self, locale: str = "en") -> None:
        """Sign a scheduler, a collector and a safety officer in."""
        for role, chat_id in self.chats.items():
            token = await invite_staff(
                self.inst, role=role, name=f"The {role}", badge=role[:2], locale=locale
            )
            await self.does(chat_id, "open", payload=token)

    async def plan(self, first: date | None = None) -> None:
        """Plan and approve visits, on or after a day of the customer's; else as soon as may be."""
        await propose(self.inst, first)
        async with self.inst.store.begin() as tx:
            batch = Batch(self.inst, tx, self.clock.now())
            await batch.load([])
            await approve(batch)
        await self.settle()
