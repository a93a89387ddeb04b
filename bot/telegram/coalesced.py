"""Many small writes as few: whoever comes while one is under way shares the next."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence


class Coalesced:
    """Calls `write` with every id that came since the last call; each caller hears whether its own was taken."""

    def __init__(self, write: Callable[[Sequence[int]], Awaitable[Collection[int]]]) -> None:
        self._write = write
        self._waiting: list[int] = []
        self._next: asyncio.Future[Collection[int]] | None = None
        self._turn = asyncio.Lock()

    async def do(self, one: int) -> bool:
        """Have `one` written; return whether the write took it. Raises what the write raised."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._flush())
        self._waiting.append(one)
        return one in await asyncio.shield(self._next)

    async def _flush(self) -> Collection[int]:
        async with self._turn:
            together, self._waiting, self._next = self._waiting, [], None
            return await self._write(together)
