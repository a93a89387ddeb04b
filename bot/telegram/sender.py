"""The sender: one for each token in the whole installation. Replies go first, bulk waits in the table.

Every call in flight is one task; in one chat one call at a time, so that order holds. A message to a customer is
marked as being sent just before it leaves, so that a crash leaves in doubt only what was on its way; one that was
withdrawn while it waited here is let go.
"""

import asyncio
import heapq
import itertools
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from datetime import datetime
from math import inf

from bot.errors import DoorstepError, RetryLater, SendError, Unreachable
from bot.log import log
from bot.service.outbound.outgoing import QUICK, SLOW, Call, Lane, Outgoing, Result, State
from bot.telegram.client import BotApi
from bot.telegram.coalesced import Coalesced
from bot.telegram.outcomes import arrived, failed, in_doubt, not_sent
from bot.telegram.pace import UNPACED, Pace
from bot.telegram.settling import Settle, Settling

Claim = Callable[[int, Sequence[Lane]], Awaitable[list[Outgoing]]]
Mark = Callable[[Sequence[int]], Awaitable[Collection[int]]]
Lost = Callable[[int, str], Awaitable[None]]
Attach = Callable[[Call], Awaitable[Call]]
Waiting = tuple[int, int, Outgoing]  # lane, order of coming, row

FEW = 4  # rows of any lane taken from the table at once: a short turn at the database, the rest waits there
LOW = 3  # rows of the slow lanes waiting here, below which more are taken
MANY = 64  # rows of the quick lanes taken at once
MARK_AHEAD = (
    0.02  # seconds before its place is free a message to a customer is marked, so that none stands empty
)
STOPPING = 10.0  # seconds that calls in flight, and then the storage, are given at the end


async def _as_it_is(call: Call) -> Call:
    return call


class Sender:
    """Sends what `submit` gives it and what it claims from the table, at the pace given.

    `attach` puts the original into a call that is to carry one: it is in memory only while it leaves.
    """

    def __init__(
        self,
        api: BotApi,
        pace: Pace,
        *,
        claim: Claim,
        mark: Mark,
        settle: Settle,
        lost: Lost,
        now: Callable[[], datetime],
        attach: Attach = _as_it_is,
    ) -> None:
        self._api = api
        self._pace = pace
        self._claim = claim
        self._mark = Coalesced(mark)
        self._settling = Settling(settle, self.poke)
        self._lost = lost
        self._now = now
        self._attach = attach
        self._heap: list[Waiting] = []
        self._order = itertools.count()
        self._busy: dict[int, list[Waiting]] = {}  # chats with a call under way, and what waits for its end
        self._calls: set[asyncio.Task[None]] = set()
        self._work = asyncio.Event()
        self._wanted = asyncio.Event()
        self._more = False  # the table may hold more than was claimed
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to send."""
        loops = (self._run(), self._run_refill(), self._settling.run())
        self._tasks = [asyncio.create_task(one) for one in loops]
        self.poke()

    def submit(self, rows: Iterable[Outgoing]) -> None:
        """Take rows that are already this sender's."""
        for row in rows:
            if row.call.method in UNPACED and not self._stopping:
                self._launch(row)
            else:
                self._push(row)
        self._work.set()

    def poke(self) -> None:
        """There may be something in the table."""
        self._wanted.set()

    async def stop(self, deadline: float = STOPPING) -> None:
        """Send no more; wait for the calls in flight, give the rest back, write everything down."""
        self._stopping = True
        self._work.set()
        self._wanted.set()
        *senders, settling = self._tasks
        await asyncio.gather(*senders)
        if self._calls:
            await asyncio.wait(self._calls, timeout=deadline)
        waiting = itertools.chain(self._heap, *self._busy.values())
        self._settling.add(Result(row.id, State.READY) for _, _, row in waiting)
        self._settling.end()
        try:
            await asyncio.wait_for(settling, deadline)
        except TimeoutError:
            log.error(
                "stopped before all that was sent could be written down: it is in doubt at the next start"
            )

    # -- what waits

    def _push(self, row: Outgoing) -> None:
        heapq.heappush(self._heap, (row.lane, next(self._order), row))

    def _is_low(self) -> bool:
        return sum(lane in SLOW for lane, _, _ in self._heap) < LOW

    async def _run_refill(self) -> None:
        """Claim beside the sending: no place stands empty while the table is asked."""
        while not self._stopping:
            await self._wanted.wait()
            self._wanted.clear()
            if not self._stopping:
                await self._refill()

    async def _refill(self) -> None:
        """Claim from the table; of the slow lanes only when few of them wait here."""
        low = self._is_low()
        limit, lanes = (FEW, QUICK + SLOW) if low else (MANY, QUICK)
        try:
            rows = await self._claim(limit, lanes)
        except Exception as error:  # noqa: BLE001 - the sender must outlive a bug; the rows are still there
            log.error("cannot claim messages", error=type(error).__name__)
            return
        self._more = not low or len(rows) == limit
        self.submit(rows)
        if not low and len(rows) == limit:
            self.poke()

    # -- choosing what goes next

    async def _run(self) -> None:
        while not self._stopping:
            self._work.clear()
            pause = self._send_what_may()
            if self._more and self._is_low():
                self.poke()
            try:
                await asyncio.wait_for(self._work.wait(), pause)
            except TimeoutError:
                continue

    def _send_what_may(self) -> float | None:
        """Start every call that may go now; return how long to wait for the next, None for a poke."""
        held: list[Waiting] = []
        pause = inf
        now = (
            time.monotonic()
        )  # one instant for all: else a place that comes free meanwhile turns a chat's order round
        while self._heap:
            item = heapq.heappop(self._heap)
            row = item[2]
            if row.chat_id in self._busy:
                self._busy[row.chat_id].append(item)
                continue
            wait = self._pace.wait(now, row.lane, row.chat_id)
            ahead = MARK_AHEAD if row.contact and self._pace.is_crowded(now) else 0.0
            if wait <= ahead:
                self._start(row, now + wait)
                continue
            held.append(item)
            pause = min(pause, wait - ahead)
            if self._pace.wait_for_place(now, row.lane) > ahead:
                break  # whatever is behind it in the order has no place either
        for item in held:
            heapq.heappush(self._heap, item)
        return pause if pause < inf else None

    def _start(self, row: Outgoing, at: float) -> None:
        self._pace.take(at, row.lane, row.chat_id)
        self._busy[row.chat_id] = []
        self._launch(row, at)

    def _launch(self, row: Outgoing, at: float = 0.0) -> None:
        task = asyncio.create_task(self._call(row, at))
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    # -- one call

    async def _call(self, row: Outgoing, at: float) -> None:
        """Make the call at its time (of the monotonic clock), whatever comes of it let the next one go."""
        result = await self._outcome(row, at)
        if result.state is State.FAILED:
            log.warning("message failed", outbox=row.id, fault=result.fault)
        self._settling.add([result])
        if row.call.method in UNPACED:
            return
        self._pace.answered(time.monotonic(), row.lane)
        for item in self._busy.pop(row.chat_id, ()):
            heapq.heappush(self._heap, item)  # as old as it was: it goes before what came meanwhile
        self._work.set()

    async def _outcome(self, row: Outgoing, at: float) -> Result:
        try:
            if row.contact and not await self._mark.do(row.id):
                return Result(row.id, State.WITHDRAWN)
            while (early := at - time.monotonic()) > 0:  # noqa: ASYNC110 - a timer may wake too early
                await asyncio.sleep(early)
            call = row.call if row.call.original is None else await self._attach(row.call)
            return arrived(row, await self._api.send(call))
        except SendError as error:
            await self._heed(row, error)
            return failed(row, error, self._now())
        except DoorstepError as error:
            return not_sent(row, type(error).__name__, self._now())
        except Exception as error:  # noqa: BLE001 - a bug must not keep a place, or close a chat, for ever
            log.error("message failed", outbox=row.id, error=type(error).__name__)
            return in_doubt(row, type(error).__name__, self._now())

    async def _heed(self, row: Outgoing, error: SendError) -> None:
        """Slow down where Telegram asks for it; note who cannot be reached."""
        if isinstance(error, RetryLater):
            self._pace.struck(time.monotonic(), row.lane, error.after)
        if isinstance(error, Unreachable):
            try:
                await self._lost(row.chat_id, error.description)
            except DoorstepError as fault:
                log.error("cannot note an unreachable chat", outbox=row.id, error=type(fault).__name__)
