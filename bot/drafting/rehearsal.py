"""The real services on a real database, with people's phones in the same process and a clock that stands still."""

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.sandbox.hands import DEEDS
from bot.sandbox.methods import METHODS
from bot.sandbox.refusal import Refusal
from bot.sandbox.world import Chat, Message, World
from bot.service.archive import their_data_work
from bot.service.conversations.batch import Batch
from bot.service.desk.evaluation import work as evaluation_work
from bot.service.desk.files import work as import_work
from bot.service.desk.invites import invite_staff
from bot.service.desk.planning.plan import approve, propose
from bot.service.desk.planning.planner import make_waiting
from bot.service.desk.reminders import previews
from bot.service.field import pack_work, report_work
from bot.service.field.evidence import originals
from bot.service.field.evidence import work as evidence_work
from bot.service.inbound import inbox, timers
from bot.service.installation import Installation
from bot.service.outbound import delivery
from bot.service.outbound.outgoing import Call, Lane, Outgoing, Result, State
from bot.service.solutions import paper_work
from bot.telegram.decode import decode
from bot.telegram.intake import raw_of

STAFF = {"scheduler": 901, "collector": 902, "safety_officer": 903}  # chats by role


class StillClock(Clock):
    """A clock that moves when it is told to."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        """Return where it stands."""
        return self.instant


class Rehearsal:
    """An installation and the people around it, who do one thing after the other; each has all that comes of it."""

    def __init__(self, inst: Installation, clock: StillClock) -> None:
        self.inst = inst
        self.clock = clock
        self.world = World(clock.now)
        self.chats = dict(STAFF)
        self._left_over = False  # an update failed and waits for its next attempt

    # -- what people do

    async def does(self, chat_id: int, deed: str, **given: Any) -> None:
        """Do something on a phone and let everything come of it."""
        DEEDS[deed](self.world, self.world.chat(chat_id), given)
        await self.settle()

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

    # -- what comes of it

    async def settle(self) -> None:
        """Let updates, timers and messages run until nothing is left to do at this moment."""
        for _ in range(50):
            quick = await self._take_in() + (await timers.fire_due(self.inst)).timers + await self._deliver()
            if not quick and not await self._work():
                return

    async def _work(self) -> bool:
        """Let each of the workers that take their time do one thing; return whether there was any."""
        busy = await make_waiting(self.inst) + await previews.work(self.inst)
        busy += await import_work.work(self.inst, self._download) + await report_work.work(self.inst)
        busy += await pack_work.work(self.inst) + await paper_work.work(self.inst)
        busy += await their_data_work.work(self.inst) + await evaluation_work.work(self.inst)
        return bool(busy + await evidence_work.work(self.inst, self.fetch))

    async def _download(self, file_ref: str) -> bytes:
        return self.world.files[file_ref]

    async def fetch(self, file_ref: str) -> AsyncGenerator[bytes]:
        """Give a file as Telegram does, piece by piece."""
        content = self.world.files[file_ref]
        for start in range(0, len(content), 100_000):
            yield content[start : start + 100_000]

    async def _take_in(self) -> int:
        updates, self.world.updates = self.world.updates, []
        if not updates and not self._left_over:
            return 0
        await inbox.keep(self.inst, [raw_of(one) for one in updates])
        handled = await inbox.handle_batch(self.inst, decode)
        self._left_over = handled.again
        return handled.updates

    async def _deliver(self) -> int:
        rows = await delivery.claim(self.inst, 64, list(Lane))
        for row in rows:
            leaves = not row.contact or await delivery.mark(self.inst, [row.id])
            result = (
                self._call(row, await self._whole(row.call)) if leaves else Result(row.id, State.WITHDRAWN)
            )
            if result.state is State.FAILED and "blocked" in (result.fault or ""):
                await delivery.unreachable(self.inst, row.chat_id, "blocked")
            await delivery.settle(self.inst, [result])
        return len(rows)

    async def _whole(self, call: Call) -> Call:
        return call if call.original is None else await originals.attach(self.inst, call)

    def _call(self, row: Outgoing, call: Call) -> Result:
        params = {**call.payload, **(call.files or {})}
        try:
            answer = METHODS[call.method](self.world, params)
        except Refusal as refusal:
            return Result(row.id, State.FAILED, fault=refusal.description)
        message_id = answer.get("message_id") if isinstance(answer, dict) else None
        return Result(row.id, State.SENT, message_id=message_id)

    async def jump(self, **by: float) -> None:
        """Move the clock."""
        self.clock.instant += timedelta(**by)
        await self.settle()

    # -- how things begin

    async def staff(self, locale: str = "en") -> None:
        """Sign a scheduler, a collector and a safety officer in."""
        for role, chat_id in self.chats.items():
            token = await invite_staff(
                self.inst, role=role, name=f"The {role}", badge=role[:2], locale=locale
            )
            await self.does(chat_id, "open", payload=token)

    async def plan(self) -> None:
        """Plan and approve visits."""
        await propose(self.inst)
        async with self.inst.store.begin() as tx:
            batch = Batch(self.inst, tx, self.clock.now())
            await batch.load([])
            await approve(batch)
        await self.settle()
