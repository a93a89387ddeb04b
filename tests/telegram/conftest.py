"""The stand-in for Telegram, over real HTTP, and the bot's own client of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import pytest

from bot.sandbox.server import SandboxServer
from bot.sandbox.world import TOKEN, World
from bot.telegram.client import BotApi

ADA, BEN = 101, 102


async def world_until(world: World, holds: Callable[[], bool]) -> None:
    """Wait until something holds of a world that does not tell every change."""
    async with asyncio.timeout(20):
        while not holds():
            async with world.changed:
                with suppress(TimeoutError):
                    await asyncio.wait_for(world.changed.wait(), 0.01)


@pytest.fixture
def world() -> World:
    """Return a world with two people who have opened the bot."""
    world = World()
    for chat_id in (ADA, BEN):
        world.chat(chat_id).opened = True
    return world


@pytest.fixture
async def server(world: World) -> AsyncIterator[SandboxServer]:
    """Serve the world."""
    server = SandboxServer(world)
    yield server
    await server.stop()


@pytest.fixture
async def root(server: SandboxServer) -> str:
    """Return where it is served."""
    return await server.start()


@pytest.fixture
async def api(root: str) -> AsyncIterator[BotApi]:
    """Open the bot's client."""
    api = BotApi(root, TOKEN)
    await api.open()
    yield api
    await api.close()
