"""A loop that runs a job when it is poked, one run at a time, again at once while there is more to do."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.errors import StoreError
from bot.log import log

_REST = 1.0  # seconds of rest after a storage fault


class Pulse:
    """Runs `job` after each `poke`; the job returns whether it wants to be run again at once."""

    def __init__(self, name: str, job: Callable[[], Awaitable[bool]]) -> None:
        self._name = name
        self._job = job
        self._poked = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; the first run comes without a poke, for what was left from before."""
        self._poked.set()
        self._task = asyncio.create_task(self._run(), name=self._name)

    def poke(self) -> None:
        """There may be something to do."""
        self._poked.set()

    async def stop(self) -> None:
        """Let the present run finish, then end."""
        self._stopping = True
        self._poked.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while not self._stopping:
            await self._poked.wait()
            self._poked.clear()
            if not self._stopping and await self._once():
                self._poked.set()

    async def _once(self) -> bool:
        try:
            return await self._job()
        except StoreError as error:
            log.error("storage fault, will try again", worker=self._name, error=type(error).__name__)
            await asyncio.sleep(_REST)
            return True
        except Exception as error:  # noqa: BLE001 - a worker must outlive a bug; the rows are still there
            log.error("worker failed, will try again", worker=self._name, error=repr(type(error)))
            await asyncio.sleep(_REST)
            return False
