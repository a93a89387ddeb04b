"""Turns at a database that has one writer at a time: whoever somebody waits for goes before what can wait."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PASSED = 4  # hurried turns in a row, after which one that is patient has its turn all the same


class Turns:
    """A lock with two queues, each in its own order."""

    def __init__(self) -> None:
        self._taken = False
        self._hurried: deque[asyncio.Future[None]] = deque()
        self._patient: deque[asyncio.Future[None]] = deque()
        self._passed = 0

    @asynccontextmanager
    async def take(self, *, patient: bool) -> AsyncIterator[None]:
        """Wait for a turn, and hold it."""
        await self._enter(self._patient if patient else self._hurried)
        try:
            yield
        finally:
            self._give_on()

    async def _enter(self, queue: deque[asyncio.Future[None]]) -> None:
        if not self._taken:
            self._taken = True
            return
        mine = asyncio.get_running_loop().create_future()
        queue.append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if not mine.cancelled():  # it was ours already when we were told to end
                self._give_on()
            raise

    def _give_on(self) -> None:
        queue = self._next_queue()
        self._passed = self._passed + 1 if queue is self._hurried and self._patient else 0
        while queue:
            mine = queue.popleft()
            if not mine.done():
                mine.set_result(None)
                return
            queue = self._next_queue()
        self._taken = False

    def _next_queue(self) -> deque[asyncio.Future[None]]:
        late = self._patient and self._passed >= PASSED
        return self._hurried if self._hurried and not late else self._patient
