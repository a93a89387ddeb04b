"""What goes wrong with a database is said in words that help."""

import asyncio
import os
import signal
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import ConfigError, StoreBusy, StoreError, StoreFull
from bot.store import engine, inbox
from bot.store.engine import Store, open_store
from bot.store.only_one import OnlyOne
from bot.store.schema import migrate
from bot.store.tables import inbox as table
from tests.store.databases import ROOT, sqlite_url
from tests.store.rows import update

HOLD = """
import sys, time
from bot.store.only_one import OnlyOne
only = OnlyOne(sys.argv[1])
only.take()
print("taken", flush=True)
time.sleep(600)
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Return the path of a database file."""
    return str(tmp_path / "doorstep.sqlite3")


async def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When no page more can be written it is a StoreFull, nothing of the batch is kept, and reading goes on."""
    roomy = open_store(sqlite_url(tmp_path))
    await migrate(roomy)
    async with roomy.read() as tx:
        pages = (await tx.execute(text("PRAGMA page_count"))).scalar_one()
    await roomy.dispose()
    monkeypatch.setattr(engine, "_PRAGMAS", (*engine._PRAGMAS, f"PRAGMA max_page_count={pages}"))
    store = open_store(sqlite_url(tmp_path))
    big = [update(number, 1) | {"body_enc": b"x" * 4000} for number in range(50)]

    with pytest.raises(StoreFull, match="free some space"):
        async with store.begin() as tx:
            await inbox.keep(tx, big)
    async with store.begin() as tx:
        assert list(await inbox.claim(tx, 10)) == []
    await store.dispose()


async def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """A file that cannot be opened is a StoreFull: it cannot be written."""
    before = {threading.current_thread(), *threading.enumerate()}
    store = open_store(sqlite_url(tmp_path / "nowhere"))
    with pytest.raises(StoreFull):
        async with store.begin():
            pass
    await store.dispose()
    for thread in set(threading.enumerate()) - before:
        await asyncio.to_thread(
            thread.join, 5
        )  # the driver's own, which tells this loop that it could not open


async def test_a_held_database_is_said(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When another process writes for longer than we wait it is a StoreBusy."""
    hasty = tuple(one.replace("5000", "1") for one in engine._PRAGMAS)
    monkeypatch.setattr(engine, "_PRAGMAS", hasty)
    one, two = open_store(sqlite_url(tmp_path)), open_store(sqlite_url(tmp_path))
    async with one.begin():
        with pytest.raises(StoreBusy, match="Another process"):
            async with two.begin():
                pass
    await one.dispose()
    await two.dispose()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://postgres@127.0.0.1:1/postgres",
        "postgresql+asyncpg://postgres@nowhere.invalid/postgres",
    ],
)
async def test_a_server_that_does_not_answer_is_said(url: str) -> None:
    """No server at the address is a StoreError, so that whoever can wait tries again."""
    store = open_store(url)
    with pytest.raises(StoreError, match="does not answer"):
        async with store.begin():
            pass
    await store.dispose()


async def test_a_database_that_is_not_there_is_said(postgres_url: str) -> None:
    """A server without that database is a StoreError, too."""
    store = open_store(f"{postgres_url}_not")
    with pytest.raises(StoreError):
        async with store.begin():
            pass
    await store.dispose()


@pytest.mark.postgres
async def test_a_connection_that_breaks_is_said(postgres_url: str) -> None:
    """A server that goes away in the middle is a StoreError; the next transaction finds a new connection."""
    store = open_store(postgres_url)

    async def break_off() -> None:
        async with store.begin() as tx:
            mine = (await tx.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            other = open_store(postgres_url)
            async with other.begin() as admin:
                await admin.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
            await other.dispose()
            await tx.execute(text("SELECT 1"))

    with pytest.raises(StoreError, match="does not answer"):
        await break_off()
    async with store.begin() as tx:
        assert (await tx.execute(text("SELECT 1"))).scalar_one() == 1
    await store.dispose()


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql+aiomysql://u@h/d", "oracle://u@h/d", "sqlite+nothing:///x"]
)
def test_a_url_that_names_no_database_is_refused(url: str) -> None:
    """A URL that we do not know is refused with what to write, and is not repeated: it may hold a password."""
    with pytest.raises(ConfigError, match="DOORSTEP_DATABASE_URL") as caught:
        open_store(url)
    assert url == "" or url not in str(caught.value)


async def test_no_error_tells_what_was_stored(store: Store) -> None:
    """A driver's error carries no parameter."""
    row = update(1, 1) | {"body_enc": b"very private"}
    with pytest.raises(Exception) as caught:  # noqa: PT011 - each driver has its own class for it
        async with store.begin() as tx:
            await tx.execute(table.insert(), [row, row])
    assert "very private" not in f"{caught.value}{caught.value!r}"


def test_a_file_has_one_bot(file: str) -> None:
    """A second bot on the same file is refused with what to do; after the first has ended it may work."""
    first, second = OnlyOne(file), OnlyOne(file)
    first.take()
    with pytest.raises(StoreBusy, match="stop it first"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_a_server_needs_no_file_lock() -> None:
    """On a database server any number of processes may work."""
    for one in (OnlyOne(None), OnlyOne(None)):
        one.take()
        one.release()


async def test_a_killed_bot_leaves_the_file_free(file: str) -> None:
    """A process that was killed holds nothing."""
    holder = await asyncio.create_subprocess_exec(sys.executable, "-c", HOLD, file, cwd=ROOT, stdout=-1)
    assert holder.stdout is not None
    assert (await holder.stdout.readline()).strip() == b"taken"
    only = OnlyOne(file)
    with pytest.raises(StoreBusy):
        only.take()

    os.kill(holder.pid, signal.SIGKILL)
    await holder.wait()

    only.take()
    only.release()
