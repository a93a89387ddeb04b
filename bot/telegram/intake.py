"""Long polling that loses nothing: a batch is kept durably, and only then does the next call confirm it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import orjson

from bot.errors import DoorstepError, RetryLater, SendError, StoreError
from bot.log import log
from bot.service.inbound.inbox import Raw
from bot.telegram.client import BotApi, Conflict
from bot.telegram.decode import ALLOWED_UPDATES, chat_of

Keep = Callable[[Sequence[Raw]], Awaitable[None]]

POLL = 25  # seconds that Telegram holds a poll open
LIMIT = 100
REST = 1.0  # seconds after a fault; doubled each time, up to MAX_REST
MAX_REST = 30.0


def raw_of(update: Mapping[str, Any]) -> Raw:
    """Return an update as it is kept."""
    return Raw(int(update["update_id"]), chat_of(update), orjson.dumps(update))


class Poller:
    """Polls until it is stopped. A wrong token ends it with `ConfigError`; everything else is tried again."""

    def __init__(self, api: BotApi, keep: Keep) -> None:
        self._api = api
        self._keep = keep
        self._offset = 0
        self._rest = REST
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Poll, keep, confirm; again and again."""
        stopped = asyncio.create_task(self._stopping.wait())
        while not self._stopping.is_set():
            poll = asyncio.create_task(self._poll())
            await asyncio.wait({poll, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if not poll.done():
                poll.cancel()  # nothing is lost: what it would have brought is not confirmed
                await asyncio.gather(poll, return_exceptions=True)
            else:
                await poll
        stopped.cancel()

    def stop(self) -> None:
        """End after what is being kept right now."""
        self._stopping.set()

    async def _poll(self) -> None:
        try:
            updates = await self._api.call(
                "getUpdates",
                {
                    "offset": self._offset,
                    "timeout": POLL,
                    "limit": LIMIT,
                    "allowed_updates": ALLOWED_UPDATES,
                },
                seconds=POLL + 10,
            )
            if updates:
                await asyncio.shield(self._keep([raw_of(update) for update in updates]))
                self._offset = updates[-1]["update_id"] + 1
            self._rest = REST
        except Conflict:
            await self._pause("another process polls with this token: stop it")
        except RetryLater as error:
            await self._pause(error.description, error.after)
        except SendError as error:
            await self._pause(error.description)
        except DoorstepError as error:
            if type(error).__name__ == "ConfigError":
                raise
            await self._pause(str(error) if isinstance(error, StoreError) else type(error).__name__)

    async def _pause(self, why: str, seconds: float = 0.0) -> None:
        log.warning("polling pauses", why=why)
        await asyncio.sleep(max(seconds, self._rest))
        self._rest = min(self._rest * 2, MAX_REST)
