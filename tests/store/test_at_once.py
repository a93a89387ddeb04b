"""A rehearsal's database answers in the thread that asks, and is the same database in all else."""

import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.errors import StoreError
from bot.store import alerts, timers, upcoming
from bot.store.engine import Store, open_store
from bot.store.schema import migrate
from tests.store.databases import sqlite_url
from tests.store.rows import HOUR, NOON, timer


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """Open a database of a rehearsal, with every table."""
    opened = open_store(sqlite_url(tmp_path), at_once=True)
    await migrate(opened)
    yield opened
    await opened.dispose()


async def test_what_is_written_is_read_by_anybody(store: Store, tmp_path: Path) -> None:
    """It is the file's own database: another connection, with its thread, finds the same rows."""
    async with store.begin() as tx:
        await timers.put(tx, [timer(1, due_at=NOON)])
    usual = open_store(sqlite_url(tmp_path))
    async with usual.read() as tx:
        found = await upcoming.first(tx)
    await usual.dispose()

    assert found == upcoming.Upcoming(NOON, "session")


async def test_an_error_undoes_the_transaction(store: Store) -> None:
    """What goes wrong within a transaction leaves nothing of it, and the next one can be opened."""
    with suppress(ZeroDivisionError):
        async with store.begin() as tx:
            await timers.put(tx, [timer(1, due_at=NOON)])
            raise ZeroDivisionError
    async with store.read() as tx:
        assert await upcoming.first(tx) is None


async def test_a_refused_statement_is_told(store: Store) -> None:
    """The database's own refusal reaches whoever asked, and the next statement is taken."""
    with pytest.raises(StoreError, match="OperationalError"):
        async with store.read() as tx:
            await tx.execute(text("select * from nowhere"))
    async with store.read() as tx:
        assert await upcoming.due(tx, NOON + HOUR) == set()


async def test_a_savepoint_undoes_its_own_share(store: Store) -> None:
    """An error within a savepoint, or its rollback, undoes what was done since, and nothing before it."""
    async with store.begin() as tx:
        await timers.put(tx, [timer(1, due_at=NOON)])
        with suppress(ZeroDivisionError):
            async with tx.begin_nested():
                await timers.put(tx, [timer(2, due_at=NOON)])
                raise ZeroDivisionError
        undone = await tx.begin_nested()
        await timers.put(tx, [timer(3, due_at=NOON)])
        await undone.rollback()
        async with tx.begin_nested():
            await timers.put(tx, [timer(4, due_at=NOON)])
    async with store.read() as tx:
        assert await timers.count_waiting(tx) == 2


async def test_rows_can_be_streamed(store: Store) -> None:
    """A table is read row by row, as a copy of the whole database is."""
    async with store.begin() as tx:
        await timers.put(tx, [timer(number, due_at=NOON) for number in range(300)])
    async with store.read() as tx:
        rows = await tx.stream(text("select id from timers order by id").execution_options(yield_per=50))
        found = [row.id async for row in rows]

    assert found == list(range(300))


async def test_an_item_is_found_by_the_number_of_its_messages(store: Store) -> None:
    """What shows an item is looked up by numbers, however many messages the chat has: years of a desk's work."""
    asked: list[tuple[str, Any]] = []
    async with store.read() as tx:
        await tx.run_sync(
            lambda beneath: event.listen(
                beneath, "before_cursor_execute", lambda *told: asked.append(told[2:4])
            )
        )
        await alerts.messages_of(tx, 1)
        statement, values = asked[0]
        steps = await tx.run_sync(
            lambda beneath: beneath.exec_driver_sql(f"explain query plan {statement}", values).all()
        )

    assert any("ix_outbox_chat_id_message_id (chat_id=? AND message_id=?)" in step.detail for step in steps)


async def test_no_thread_is_started(tmp_path: Path) -> None:
    """Nothing runs beside the caller: that is what makes it quick."""
    before = threading.active_count()
    store = open_store(sqlite_url(tmp_path), at_once=True)
    async with store.read() as tx:
        await tx.execute(text("select 1"))
        during = threading.active_count()
    await store.dispose()

    assert during == before
