"""What goes wrong at the flick of a switch: a phone without a network, a Telegram that refuses, a bot that dies."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.errors import InputRefused
from bot.sandbox.faults import Fault
from bot.sandbox.server import SandboxServer
from bot.sandbox.stage import Stage

DEAD_FOR = 2.0  # seconds until somebody starts the bot again
STARTS_WITHIN = 180.0  # seconds
FOR_EVER = 1_000_000_000  # strikes: until it is switched off


class Faults:
    """The switches and how they stand. `moved` is told when one has changed."""

    def __init__(self, server: SandboxServer, stage: Stage, moved: Callable[[], Awaitable[None]]) -> None:
        self._server = server
        self._stage = stage
        self._moved = moved
        self._busy: Fault | None = None
        self.bot = "starting"

    @property
    def too_many(self) -> bool:
        """Does Telegram refuse every call with 429?"""
        return self._busy is not None

    async def lose_network(self, chat_id: int, *, on: bool) -> None:
        """Take a phone off its network, or give it back: it then sees what has come meanwhile."""
        offline = self._server.world.offline
        (offline.add if on else offline.discard)(chat_id)
        await self._moved()

    async def refuse(self, *, on: bool) -> None:
        """Let Telegram refuse every message from now on, or no more."""
        if self._busy is not None:
            self._server.faults.remove(self._busy)
        self._busy = Fault("too_many", count=FOR_EVER) if on else None
        if self._busy is not None:
            self._server.faults.append(self._busy)
        await self._moved()

    async def crash(self) -> None:
        """Kill the bot as a power cut would, and start it again after a moment."""
        if self.bot != "running":
            return
        self.bot = "stopped"
        await self._moved()
        await self._stage.kill_bot()
        await asyncio.sleep(DEAD_FOR)
        await self.start()

    async def start(self) -> None:
        """Start the bot, and wait until it fetches what has come in. Raises `InputRefused` if it never does."""
        self.bot = "starting"
        await self._moved()
        before = self._server.world.calls["getUpdates"]
        await self._stage.start_bot()
        try:
            await self._asks(before)
        except TimeoutError:
            self.bot = "stopped"
            log = self._stage.folder / "bot.log"
            raise InputRefused(f"The bot did not start: {log} says why. Then start the demo again.") from None
        self.bot = "running"
        await self._moved()

    async def _asks(self, before: int) -> None:
        world = self._server.world
        async with asyncio.timeout(STARTS_WITHIN), world.changed:
            await world.changed.wait_for(lambda: world.calls["getUpdates"] > before)
