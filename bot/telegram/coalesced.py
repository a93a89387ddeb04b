"""Many small writes as few: whoever comes while one is under way shares the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence


class Coalesced:
    """Calls `write` with every id that came since the last call; each caller waits for its own."""

    def __init__(self, write: Callable[[Sequence[int]], Awaitable[None]]) -> None:
        self._write = write
        self._waiting: list[int] = []
        self._next: asyncio.Future[None] | None = None
        self._turn = asyncio.Lock()

    async def do(self, one: int) -> None:
        """Have `one` written. Raises what the write raised."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._flush())
        self._waiting.append(one)
        await asyncio.shield(self._next)

    async def _flush(self) -> None:
        async with self._turn:
            together, self._waiting, self._next = self._waiting, [], None
            await self._write(together)
