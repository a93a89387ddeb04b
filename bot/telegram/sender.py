"""The sender: one for each token in the whole installation. Replies go first, bulk waits in the table.

Every call in flight is one task; in one chat one call at a time, so that order holds. A message to a customer is
marked as being sent just before it leaves, so that a crash leaves in doubt only what was on its way. Marks and
results are written in batches, at most one at a time.
"""

import asyncio
import heapq
import itertools
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.errors import DoorstepError, OutcomeUnknown, Rejected, RetryLater, SendError, Unreachable
from bot.log import log
from bot.service.outbound.outgoing import Lane, Outgoing, Result, State
from bot.telegram.client import BotApi
from bot.telegram.coalesced import Coalesced
from bot.telegram.pace import UNPACED, Pace

Claim = Callable[[int, Sequence[Lane]], Awaitable[list[Outgoing]]]
Mark = Callable[[Sequence[int]], Awaitable[None]]
Settle = Callable[[Sequence[Result]], Awaitable[None]]
Lost = Callable[[int, str], Awaitable[None]]

ROOM = 64  # rows of the quick lanes taken from the table at once
BULK_ROOM = 16  # rows of the slow lanes at once; the rest waits in the table
QUICK = (Lane.SAFETY, Lane.REPLIES, Lane.CONFIRMATIONS)
SLOW = (Lane.REMINDERS, Lane.BULK)
MAX_ATTEMPTS = 8  # of a prompt to staff whose outcome stays unknown
MAX_REST = 64.0  # seconds between two attempts
SETTLE_EVERY = 0.05  # seconds: results wait that long for company, so that one commit serves many
UNMODIFIED = "message is not modified"


class Sender:
    """Sends what `submit` gives it and what it claims from the table, at the pace given."""

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
    ) -> None:
        self._api = api
        self._pace = pace
        self._claim = claim
        self._mark = Coalesced(mark)
        self._settle = settle
        self._lost = lost
        self._now = now
        self._heap: list[tuple[int, int, Outgoing]] = []
        self._order = itertools.count()
        self._busy: dict[int, deque[Outgoing]] = {}
        self._calls: set[asyncio.Task[None]] = set()
        self._results: list[Result] = []
        self._work = asyncio.Event()
        self._unsettled = asyncio.Event()
        self._wanted = asyncio.Event()
        self._more = False  # the slow lanes may hold more than was claimed
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to send."""
        loops = (self._run(), self._run_refill(), self._run_settle())
        self._tasks = [asyncio.create_task(one) for one in loops]
        self.poke()

    def submit(self, rows: Iterable[Outgoing]) -> None:
        """Take rows that are already this sender's."""
        for row in rows:
            heapq.heappush(self._heap, (row.lane, next(self._order), row))
        self._work.set()

    def poke(self) -> None:
        """There may be something in the table."""
        self._wanted.set()

    async def stop(self, deadline: float = 10.0) -> None:
        """Send no more; wait for the calls in flight, give the rest back, write everything down."""
        self._stopping = True
        self._work.set()
        self._wanted.set()
        await asyncio.gather(*self._tasks[:-1])
        if self._calls:
            await asyncio.wait(self._calls, timeout=deadline)
        waiting = [row for _, _, row in self._heap] + [row for rows in self._busy.values() for row in rows]
        self._results += [Result(row.id, State.READY) for row in waiting if row.id]
        self._unsettled.set()
        await asyncio.gather(*self._tasks[-1:])

    # -- choosing what goes next

    async def _run(self) -> None:
        while not self._stopping:
            self._work.clear()
            pause = self._send_what_may()
            if self._more and len(self._heap) < BULK_ROOM // 2:
                self._wanted.set()
            try:
                await asyncio.wait_for(self._work.wait(), pause)
            except TimeoutError:
                continue

    async def _run_refill(self) -> None:
        """Claim beside the sending: no slot passes unused while the table is asked."""
        while not self._stopping:
            await self._wanted.wait()
            self._wanted.clear()
            if not self._stopping:
                await self._refill()

    async def _refill(self) -> None:
        """Claim from the table when there is room; the slow lanes only when nothing quick came."""
        try:
            quick = await self._claim(ROOM, QUICK)
            roomy = not quick and len(self._heap) < BULK_ROOM // 2
            slow = await self._claim(BULK_ROOM, SLOW) if roomy else []
        except DoorstepError as error:
            log.error("cannot claim messages", error=type(error).__name__)
            return
        self._more = not roomy or len(slow) == BULK_ROOM
        self.submit(quick + slow)
        if len(quick) == ROOM:
            self._wanted.set()

    def _send_what_may(self) -> float | None:
        """Start every call that may go now; return how long to wait for the next, None for a poke."""
        held: list[tuple[int, int, Outgoing]] = []
        pause: float | None = None
        while self._heap:
            item = heapq.heappop(self._heap)
            row = item[2]
            if row.call.method in UNPACED:
                self._launch(row)
                continue
            if row.chat_id in self._busy:
                self._busy[row.chat_id].append(row)
                continue
            wait = self._wait_of(row)
            if wait > 0:
                held.append(item)
                pause = wait if pause is None else min(pause, wait)
                if self._pace.wait_for_slot(time.monotonic()) > 0:
                    break
                continue
            self._start(row)
        for item in held:
            heapq.heappush(self._heap, item)
        return pause

    def _wait_of(self, row: Outgoing) -> float:
        return self._pace.wait(time.monotonic(), row.lane, row.chat_id)

    def _start(self, row: Outgoing) -> None:
        self._pace.sent(time.monotonic(), row.chat_id)
        self._busy[row.chat_id] = deque()
        self._launch(row)

    def _launch(self, row: Outgoing) -> None:
        task = asyncio.create_task(self._call(row))
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    # -- one call and how it ended

    async def _call(self, row: Outgoing) -> None:
        try:
            if row.contact:
                await self._mark.do(row.id)
            result = _sent(row, await self._api.send(row.call))
        except SendError as error:
            result = await self._failed(row, error)
        except DoorstepError as error:
            result = Result(row.id, State.READY, fault=type(error).__name__, retry_at=self._later(5.0))
        if row.id:
            self._results.append(result)
            self._unsettled.set()
        if row.call.method in UNPACED:
            return
        for waiting in self._busy.pop(row.chat_id, ()):
            heapq.heappush(self._heap, (waiting.lane, next(self._order), waiting))
        self._work.set()

    def _later(self, seconds: float) -> datetime:
        return self._now() + timedelta(seconds=seconds)

    async def _failed(self, row: Outgoing, error: SendError) -> Result:
        if isinstance(error, RetryLater):  # it did not arrive: however long the outage, it goes again
            self._pace.struck(time.monotonic(), row.lane, error.after)
            rest = max(error.after, min(2.0**row.attempts, MAX_REST))
            return Result(row.id, State.READY, fault=error.description, retry_at=self._later(rest))
        if isinstance(error, Unreachable):
            await self._tell_lost(row, error)
        if isinstance(error, OutcomeUnknown):
            return self._in_doubt(row, error)
        if isinstance(error, Rejected) and UNMODIFIED in error.description.lower():
            return _sent(row, None)
        log.warning("message failed", outbox=row.id, fault=error.description)
        return Result(row.id, State.FAILED, fault=error.description)

    async def _tell_lost(self, row: Outgoing, error: Unreachable) -> None:
        try:
            await self._lost(row.chat_id, error.description)
        except DoorstepError as fault:
            log.error("cannot note an unreachable chat", outbox=row.id, error=type(fault).__name__)

    def _in_doubt(self, row: Outgoing, error: SendError) -> Result:
        """No answer came: to a customer it is not repeated by itself, a prompt to staff is."""
        if row.contact and row.call.method.startswith("send"):
            return Result(row.id, State.UNKNOWN, fault=error.description)
        if row.attempts >= MAX_ATTEMPTS or row.call.method in UNPACED:
            return Result(row.id, State.FAILED, fault=error.description)
        return Result(row.id, State.READY, fault=error.description, retry_at=self._now())

    # -- writing down

    async def _run_settle(self) -> None:
        while not (self._stopping and self._tasks[0].done() and not self._calls and not self._results):
            try:
                await asyncio.wait_for(self._unsettled.wait(), 0.2)
            except TimeoutError:
                continue
            self._unsettled.clear()
            await self._write()
            if not self._stopping:
                await asyncio.sleep(SETTLE_EVERY)

    async def _write(self) -> None:
        results, self._results = self._results, []
        if not results:
            return
        try:
            await self._settle(results)
        except DoorstepError as error:
            log.error("cannot write down what was sent", error=type(error).__name__)
            self._results = results + self._results
            await asyncio.sleep(0.5)
            self._unsettled.set()
        if any(result.retry_at is not None for result in results):
            self.poke()


def _sent(row: Outgoing, answer: Any) -> Result:
    """Note the id of a message that is new; where one was edited, its row knows it."""
    is_new = isinstance(answer, dict) and "message_id" not in row.call.payload
    return Result(row.id, State.SENT, message_id=answer.get("message_id") if is_new else None)
