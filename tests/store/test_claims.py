"""Several processes share the work, and nothing is taken twice."""

import asyncio
import json
import sys
from collections import Counter, defaultdict
from itertools import chain
from typing import Any

from bot.store import inbox, outbox, timers
from bot.store.engine import Store
from tests.store.databases import ROOT
from tests.store.rows import message, timer, update

PROCESSES = 4
PIECES = 300
CHATS = 12


async def _all_take(url: str, what: str) -> list[list[Any]]:
    """Return the bites of all processes together; each must have ended well."""
    command = (sys.executable, "-m", "tests.store.claimer", url, what)
    running = [
        await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=-1, stderr=-1)
        for _ in range(PROCESSES)
    ]
    told = [await one.communicate() for one in running]
    assert [one.returncode for one in running] == [0] * PROCESSES, told
    return list(chain.from_iterable(json.loads(out) for out, _ in told))


async def test_no_update_is_taken_twice_by_processes(store: Store, url: str) -> None:
    """Four processes take three hundred updates of twelve chats: each once, none left."""
    async with store.begin() as tx:
        await inbox.keep(tx, [update(number, number % CHATS) for number in range(PIECES)])

    times = Counter(number for _, number in chain.from_iterable(await _all_take(url, "updates")))

    assert times == Counter(range(PIECES))


async def test_a_claim_brings_each_chat_in_order(store: Store, url: str) -> None:
    """Within a claim, a chat's updates come in the order in which they were sent."""
    async with store.begin() as tx:
        await inbox.keep(tx, [update(number, number % CHATS) for number in reversed(range(PIECES))])

    for bite in await _all_take(url, "updates"):
        numbers = defaultdict(list)
        for chat, number in bite:
            numbers[chat].append(number)
        assert all(one == sorted(one) for one in numbers.values())


async def test_a_chat_is_with_one_process_at_a_time(store: Store) -> None:
    """While one transaction handles a chat, another gets none of that chat's updates."""
    if store.dialect == "sqlite":
        return  # there a second writing transaction does not begin before the first has ended
    async with store.begin() as tx:
        await inbox.keep(tx, [update(number, number % 2) for number in range(8)])
    async with store.begin() as one:
        mine = {row.chat_id for row in await inbox.claim(one, 1)}
        async with store.begin() as other:
            theirs = {row.chat_id for row in await inbox.claim(other, 8)}

    assert (mine, theirs) == ({0}, {1})


async def test_no_timer_fires_twice_by_processes(store: Store, url: str) -> None:
    """Four processes take three hundred due timers: each once, none left."""
    async with store.begin() as tx:
        await timers.put(tx, [timer(number) for number in range(PIECES)])

    assert Counter(chain.from_iterable(await _all_take(url, "timers"))) == Counter(range(PIECES))


async def test_no_message_is_taken_twice_by_processes(store: Store, url: str) -> None:
    """Four processes claim three hundred messages: each once, none left."""
    async with store.begin() as tx:
        await outbox.put(tx, [message(number) for number in range(PIECES)])

    assert Counter(chain.from_iterable(await _all_take(url, "messages"))) == Counter(range(PIECES))
