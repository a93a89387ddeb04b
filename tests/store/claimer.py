"""A process that claims work until none is left, and prints what it took: `python -m tests.store.claimer URL WHAT`."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from bot.store import inbox, outbox, timers
from bot.store.engine import Store, Tx, open_store
from tests.store.rows import NOON

BITE = 7
PATIENCE = 20  # empty claims


async def _updates(tx: Tx) -> list[Any]:
    rows = await inbox.claim(tx, BITE)
    await inbox.finish(tx, [row.update_id for row in rows], NOON)
    return [(row.chat_id, row.update_id) for row in rows]


async def _timers(tx: Tx) -> list[Any]:
    rows = await timers.due(tx, NOON, BITE)
    await timers.finish(tx, [row.id for row in rows])
    return [row.id for row in rows]


async def _messages(tx: Tx) -> list[Any]:
    return [row.id for row in await outbox.claim(tx, NOON, BITE, (0, 1, 2, 3, 4))]


WORK: dict[str, Callable[[Tx], Awaitable[list[Any]]]] = {
    "updates": _updates,
    "timers": _timers,
    "messages": _messages,
}


async def work(store: Store, take: Callable[[Tx], Awaitable[list[Any]]]) -> list[list[Any]]:
    """Return what each claim brought; ends after a few empty ones, since others may hold the rest."""
    taken: list[list[Any]] = []
    empty = 0
    while empty < PATIENCE:
        async with store.begin() as tx:
            bite = await take(tx)
            await asyncio.sleep(0.002)  # hold it for a moment, so that the others run into it
        empty = 0 if bite else empty + 1
        if bite:
            taken.append(bite)
    await store.dispose()
    return taken


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(work(open_store(sys.argv[1]), WORK[sys.argv[2]]))))
