"""Writers take turns: nobody fails as locked, nobody's write is lost."""

import asyncio

import pytest
from sqlalchemy import select, update

from bot.errors import ConfigError
from bot.store.engine import Store, open_store
from bot.store.tables import chats
from tests.store.databases import with_store
from tests.store.rows import NOON

TASKS = 8
ROUNDS = 12


async def _add_one(store: Store) -> None:
    """Read, then write what was read plus one."""
    async with store.begin() as tx:
        statement = select(chats.c.session_id).where(chats.c.chat_id == 1).with_for_update()
        seen = (await tx.execute(statement)).scalar_one()
        await asyncio.sleep(0)
        await tx.execute(update(chats).where(chats.c.chat_id == 1).values(session_id=seen + 1))


async def _many(store: Store) -> None:
    for _ in range(ROUNDS):
        await _add_one(store)


async def _count(store: Store) -> int:
    async with store.read() as tx:
        return int((await tx.execute(select(chats.c.session_id))).scalar_one())


async def _zero(store: Store) -> None:
    async with store.begin() as tx:
        await tx.execute(chats.insert().values(chat_id=1, session_id=0, created_at=NOON))


async def test_tasks_that_read_then_write_never_fail(store: Store) -> None:
    """Eight tasks on one pool read and write the same row: every addition counts."""
    await _zero(store)

    await asyncio.gather(*(_many(store) for _ in range(TASKS)))

    assert await _count(store) == TASKS * ROUNDS


async def test_pools_that_read_then_write_never_fail(store: Store, url: str) -> None:
    """The same from eight engines, which know nothing of each other, as processes would."""
    await _zero(store)

    await asyncio.gather(*(with_store(url, _many) for _ in range(TASKS)))

    assert await _count(store) == TASKS * ROUNDS


async def test_readers_do_not_wait_for_a_writer(store: Store, url: str) -> None:
    """While a transaction writes, another reads what was there before."""
    await _zero(store)
    async with store.begin() as tx:
        await tx.execute(update(chats).values(session_id=99))
        assert await _count(store) == 0
        assert await with_store(url, _count) == 0

    assert await _count(store) == 99


async def _fail(store: Store) -> None:
    async with store.begin() as tx:
        await tx.execute(update(chats).values(session_id=99))
        raise ConfigError


async def test_a_failed_transaction_leaves_nothing(store: Store, url: str) -> None:
    """An error inside takes everything back, and the next writer has its turn at once."""
    await _zero(store)
    with pytest.raises(ConfigError):
        await _fail(store)
    await _add_one(store)

    other = open_store(url)
    assert await _count(other) == 1
    await other.dispose()
