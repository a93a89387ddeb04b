"""Results on their way into the table: a few together in one commit, none lost when the storage fails."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence

from bot.log import log
from bot.service.outbound.outgoing import Result

Settle = Callable[[Sequence[Result]], Awaitable[None]]

COMPANY = 0.05  # seconds that results wait for company, so that one commit serves many
REST = 0.5  # seconds after a storage fault


class Settling:
    """Keeps results until `settle` has written them; calls `again` when some of their rows are to go once more."""

    def __init__(self, settle: Settle, again: Callable[[], None]) -> None:
        self._settle = settle
        self._again = again
        self._results: list[Result] = []
        self._changed = asyncio.Event()
        self._ending = False

    def add(self, results: Iterable[Result]) -> None:
        """Take results; those of no row are worth nothing."""
        self._results += [one for one in results if one.id]
        self._changed.set()

    def end(self) -> None:
        """No more will come: `run` returns when everything is written."""
        self._ending = True
        self._changed.set()

    async def run(self) -> None:
        """Write, until the end."""
        while self._results or not self._ending:
            await self._changed.wait()
            self._changed.clear()
            if self._results:
                await self._write()
            if not self._ending:
                await asyncio.sleep(COMPANY)

    async def _write(self) -> None:
        results, self._results = self._results, []
        try:
            await self._settle(results)
        except Exception as error:  # noqa: BLE001 - whatever it is, what was sent must not be forgotten
            log.error("cannot write down what was sent", error=type(error).__name__)
            self._results = results + self._results
            await asyncio.sleep(REST)
            self._changed.set()
        if any(result.retry_at is not None for result in results):
            self._again()
