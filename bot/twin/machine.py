"""An installation in one process: what people do goes in, what is due is done, what is said comes out, at one instant.

The way is the server's own, without its loops: updates are kept and handled, timers fired, messages claimed, marked,
called and settled, and whatever takes its time is made one after another.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.errors import RetryLater
from bot.sandbox.hands import DEEDS
from bot.sandbox.methods import METHODS
from bot.sandbox.refusal import Refusal
from bot.sandbox.world import World
from bot.service.archive import their_data_work
from bot.service.desk.evaluation import work as evaluation_work
from bot.service.desk.files import work as import_work
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
from bot.telegram.client import error_of
from bot.telegram.decode import decode
from bot.telegram.intake import raw_of

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

    async def does(self, chat_id: int, deed: str, **given: Any) -> None:
        """Do something on a phone and let everything come of it."""
        DEEDS[deed](self.world, self.world.chat(chat_id), given)
        await self.settle()

    async def jump(self, **by: float) -> None:
        """Move the clock, and let everything come of it."""
        self.clock.instant += timedelta(**by)
        await self.settle()

    async def settle(self) -> None:
        """Let updates, timers and messages run until nothing is left to do at this moment."""
        for _ in range(ROUNDS):
            quick = await self.handle() + (await timers.fire_due(self.inst)).timers + await self.deliver()
            if not quick and not await self._work():
                return

    async def handle(self) -> int:
        """Keep and handle what has come in; return how many updates that were."""
        waiting = list(self.world.updates)
        if not waiting and not self._left_over:
            return 0
        await self.keep(waiting)
        del self.world.updates[: len(waiting)]
        handled = await inbox.handle_batch(self.inst, decode)
        self._left_over = handled.again
        return handled.updates

    async def keep(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Keep updates durably: from then on Telegram need not give them again."""
        await inbox.keep(self.inst, [raw_of(one) for one in updates])

    async def _work(self) -> bool:
        """Let each of the workers that take their time do one thing; return whether there was any."""
        busy = await make_waiting(self.inst) + await previews.work(self.inst)
        busy += await import_work.work(self.inst, self._download)
        for paper in PAPERS:
            busy += await paper(self.inst)
        return bool(busy + await evidence_work.work(self.inst, self.fetch))

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

    async def deliver(self) -> int:
        """Send what may go now; return how many messages that were."""
        rows = await delivery.claim(self.inst, AT_ONCE, list(Lane))
        for row in rows:
            leaves = not row.contact or await delivery.mark(self.inst, [row.id])
            result = await self._sent(row) if leaves else Result(row.id, State.WITHDRAWN)
            if result.state is State.FAILED and "blocked" in (result.fault or ""):
                await delivery.unreachable(self.inst, row.chat_id, "blocked")
            await delivery.settle(self.inst, [result])
        return len(rows)

    async def _sent(self, row: Outgoing) -> Result:
        return self.call(
            row, row.call if row.call.original is None else await originals.attach(self.inst, row.call)
        )

    def call(self, row: Outgoing, call: Call) -> Result:
        """Call Telegram with a message; return how it ended."""
        params = {**call.payload, **(call.files or {})}
        try:
            answer = METHODS[call.method](self.world, params)
        except Refusal as refusal:
            return Result(row.id, State.FAILED, fault=refusal.description)
        message_id = answer.get("message_id") if isinstance(answer, dict) else None
        return Result(row.id, State.SENT, message_id=message_id)


PAPERS: tuple[Callable[[Installation], Awaitable[bool]], ...] = (
    report_work.work,
    pack_work.work,
    paper_work.work,
    their_data_work.work,
    evaluation_work.work,
)
