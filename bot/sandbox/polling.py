"""getUpdates as Telegram does it: an offset confirms what is below it, a second poller ends the first."""

import asyncio
from typing import Any

from bot.sandbox.refusal import Refusal
from bot.sandbox.world import World

MAX_WAIT = 50  # seconds


class Polling:
    """Who polls, and what waits for them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._current = 0

    async def get(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        """Return updates from `offset`, waiting for the first up to `timeout` seconds."""
        world = self._world
        if world.webhook is not None:
            raise Refusal(
                409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
            )
        self._current += 1
        mine = self._current
        await world.tell()  # wakes an earlier poller, who finds that it is no longer the one
        self._confirm(int(params.get("offset", 0)))
        limit = min(int(params.get("limit", 100)), 100)
        kinds = params.get("allowed_updates")
        deadline = asyncio.get_running_loop().time() + min(int(params.get("timeout", 0)), MAX_WAIT)
        while not (found := self._waiting(limit, kinds)):
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                break
            await self._wait(left)
            if mine != self._current:
                raise Refusal(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
        return found

    def _confirm(self, offset: int) -> None:
        if offset > 0:
            self._world.updates = [one for one in self._world.updates if one["update_id"] >= offset]
        elif offset < 0:
            self._world.updates = self._world.updates[offset:]

    def _waiting(self, limit: int, kinds: list[str] | None) -> list[dict[str, Any]]:
        return [
            one
            for one in self._world.updates
            if not kinds or any(kind in one for kind in kinds) or len(one) == 1
        ][:limit]

    async def _wait(self, seconds: float) -> None:
        async with self._world.changed:
            try:
                await asyncio.wait_for(self._world.changed.wait(), seconds)
            except TimeoutError:
                return
