"""An installation in one process: what people do goes in, what is due is done, what is said comes out, at one instant.

The way is the server's own, without its loops: updates are kept and handled, timers fired, messages claimed, marked,
called and settled, and whatever takes its time is made one after another.
"""

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.errors import RetryLater
from bot.sandbox.hands import DEEDS
from bot.sandbox.methods import METHODS
from bot.sandbox.refusal import Refusal
from bot.sandbox.world import World
from bot.service.desk.files import work as files_work
from bot.service.field.evidence import originals
from bot.service.field.evidence import work as evidence_work
from bot.service.inbound import inbox, timers
from bot.service.installation import Installation
from bot.service.outbound import delivery
from bot.service.outbound.outgoing import Call, Lane, Outgoing, Result, State
from bot.telegram.client import error_of
from bot.telegram.decode import decode
from bot.telegram.intake import raw_of
from bot.twin.workers import EVIDENCE, FILE, MAKERS, MESSAGE, TIMER, waiting

ROUNDS = 50  # until everything that can happen at one instant has happened
AT_ONCE = 64  # messages that are claimed together
PIECE = 100_000  # bytes of a file as Telegram gives it


class StillClock(Clock):
    """A clock that moves when it is told to; aware UTC."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        """Return the instant at which it stands."""
        return self.instant


class Machine:
    """An installation and Telegram's stand-in beside it. `losing`: how many files are cut off half-way."""

    def __init__(self, inst: Installation, clock: StillClock) -> None:
        object.__setattr__(inst, "clock", clock)
        self.inst = inst
        self.clock = clock
        self.world = World(clock.now)
        self.losing = 0
        self._left_over = False  # an update failed and waits for its next attempt

    def puts(self, chat_id: int, deed: str, **given: Any) -> None:
        """Do something on a phone; nothing comes of it yet."""
        DEEDS[deed](self.world, self.world.chat(chat_id), given)

    async def does(self, chat_id: int, deed: str, **given: Any) -> None:
        """Do something on a phone and let everything come of it."""
        self.puts(chat_id, deed, **given)
        await self.settle()

    async def jump(self, **by: float) -> None:
        """Move the clock, and let everything come of it."""
        self.clock.instant += timedelta(**by)
        await self.settle()

    async def settle(self) -> None:
        """Let updates, timers and messages run, then whatever takes its time, until nothing is left at this moment."""
        for _ in range(ROUNDS):
            await self.handle()
            done = [await self._do(name) for name in await waiting(self.inst)]
            if not any(done) and not self._left_over:
                return

    async def handle(self) -> None:
        """Keep what has come in, and handle a batch of what was kept."""
        waiting = list(self.world.updates)
        if not waiting and not self._left_over:
            return
        await self.keep(waiting)
        del self.world.updates[: len(waiting)]
        self._left_over = (await inbox.handle_batch(self.inst, decode)).again

    async def keep(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Keep updates durably: from then on Telegram need not give them again."""
        await inbox.keep(self.inst, [raw_of(one) for one in updates])

    async def _do(self, name: str) -> bool:
        """Do some of what waits under a name of `workers`; return whether there was anything."""
        if name == MESSAGE:
            return await self.deliver()
        if name == TIMER:
            return bool((await timers.fire_due(self.inst)).timers)
        if name == FILE:
            return await files_work.work(self.inst, self._download)
        if name == EVIDENCE:
            return await evidence_work.work(self.inst, self.fetch)
        return bool(await MAKERS[name](self.inst))

    async def _download(self, file_ref: str) -> bytes:
        return self.world.files[file_ref]

    async def fetch(self, file_ref: str) -> AsyncGenerator[bytes]:
        """Give a file as Telegram does, piece by piece. Raises what the client raises."""
        self.world.calls["fetch"] += 1
        try:
            METHODS["getFile"](self.world, {"file_id": file_ref})
        except Refusal as refusal:
            raise error_of(refusal.code, refusal.description, {}) from None
        content = self.world.files[file_ref]
        for start in range(0, len(content), PIECE):
            if self.losing and start >= len(content) // 2:
                self.losing -= 1
                raise RetryLater("no connection", 1)
            yield content[start : start + PIECE]

    async def deliver(self) -> bool:
        """Send what may go now, a batch of it: marked together, called in their order, written down together."""
        rows = await delivery.claim(self.inst, AT_ONCE, list(Lane))
        if not rows:
            return False
        to_customers = [row.id for row in rows if row.contact]
        leaving = await delivery.mark(self.inst, to_customers) if to_customers else ()
        results = [await self._sent(row, leaving) for row in rows]
        for row, result in zip(rows, results, strict=True):
            if result.state is State.FAILED and "blocked" in (result.fault or ""):
                await delivery.unreachable(self.inst, row.chat_id, "blocked")
        await delivery.settle(self.inst, results)
        return True

    async def _sent(self, row: Outgoing, leaving: Collection[int]) -> Result:
        if row.contact and row.id not in leaving:
            return Result(row.id, State.WITHDRAWN)
        attached = row.call.original is not None
        return self.call(row, await originals.attach(self.inst, row.call) if attached else row.call)

    def call(self, row: Outgoing, call: Call) -> Result:
        """Call Telegram with a message; return how it ended."""
        params = {**call.payload, **(call.files or {})}
        try:
            answer = METHODS[call.method](self.world, params)
        except Refusal as refusal:
            return Result(row.id, State.FAILED, fault=refusal.description)
        message_id = answer.get("message_id") if isinstance(answer, dict) else None
        return Result(row.id, State.SENT, message_id=message_id)
