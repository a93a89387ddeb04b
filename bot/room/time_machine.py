"""The clock on top of the page: forward by hours or days, to what comes next, or on and on by itself."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.service.installation import Installation
from bot.store import upcoming

SOON = timedelta(seconds=1)  # past what is due, so that it is
SETTLES = 6.0  # seconds that the bot has for what is due at one moment; a slow machine shows the rest later
LOOK_EVERY = 0.15  # seconds
PLAY_EVERY = 2.5  # seconds that people have to read what has come
IDLE_STEP = timedelta(hours=1)  # of a clock that plays while nothing is ahead
HOPS = 40  # of one leap: beyond that what is due comes all at once


class TimeMachine:
    """Moves the rehearsed time; `jump` sets the clock that every process reads, `moved` is told after each leap."""

    def __init__(
        self,
        inst: Installation,
        jump: Callable[[datetime], None],
        moved: Callable[[], Awaitable[None]],
    ) -> None:
        self._inst = inst
        self._jump = jump
        self._moved = moved
        self._task: asyncio.Task[None] | None = None
        self._leaping = asyncio.Lock()  # whoever leaps meanwhile begins where this one has come to

    @property
    def playing(self) -> bool:
        """Does it go on by itself?"""
        return self._task is not None and not self._task.done()

    async def leap(self, by: timedelta) -> None:
        """Go forward; what is due on the way comes at its own time, one thing after the other."""
        async with self._leaping:
            await self._through(self._inst.clock.now() + by)

    async def leap_to(self, target: datetime) -> None:
        """Go forward to an instant, in the same way."""
        async with self._leaping:
            await self._through(target)

    async def leap_to_next(self) -> upcoming.Upcoming | None:
        """Go to what is due next and return it; None when nothing is ahead."""
        async with self._leaping:
            due = await self.next_due()
            if due is not None:
                await self._go(due.at + SOON)
            return due

    async def _through(self, target: datetime) -> None:
        for _ in range(HOPS):
            due = await self.next_due()
            if due is None or due.at >= target:
                break
            await self._go(due.at + SOON)
        if target > self._inst.clock.now():
            await self._go(target)

    async def next_due(self) -> upcoming.Upcoming | None:
        """Return what is due next; what waits for a bot that does not run is not ahead."""
        async with self._inst.store.read() as tx:
            return await upcoming.first(tx, self._inst.clock.now())

    async def play(self) -> None:
        """Go on by itself until `pause`."""
        if not self.playing:
            self._task = asyncio.create_task(self._on_and_on())
            await self._moved()

    async def pause(self) -> None:
        """Stay where it is."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
            await self._moved()

    async def _on_and_on(self) -> None:
        while True:
            if await self.leap_to_next() is None:
                await self.leap(IDLE_STEP)
            await asyncio.sleep(PLAY_EVERY)

    async def _go(self, to: datetime) -> None:
        self._jump(to)
        await self._moved()
        await self._settled(to)

    async def _settled(self, at: datetime) -> None:
        """Wait until the bot has done what is due by now, or its time for it is over."""
        for _ in range(round(SETTLES / LOOK_EVERY)):
            await asyncio.sleep(LOOK_EVERY)
            async with self._inst.store.read() as tx:
                if not await upcoming.overdue(tx, at):
                    return
