"""Databases for tests: an SQLite file for each test, a PostgreSQL database for each module."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]

from bot.ids import new_id
from bot.store.engine import Store, open_store
from bot.store.tables import metadata

POSTGRES = os.environ.get("DOORSTEP_TEST_POSTGRES_URL", "")
ROOT = Path(__file__).parents[2]


def sqlite_url(folder: Path) -> str:
    """Return the URL of a file in a folder."""
    return f"sqlite+aiosqlite:///{folder / 'doorstep.sqlite3'}"


def as_server(statement: str) -> None:
    """Run a statement on the server itself, outside any transaction."""

    async def run() -> None:
        connection = await asyncpg.connect(POSTGRES.replace("+asyncpg", ""))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    with asyncio.Runner() as runner:
        runner.run(run())


def new_database() -> tuple[str, str]:
    """Make an empty database; return its name and URL."""
    name = f"doorstep_test_{new_id()}"
    as_server(f"CREATE DATABASE {name}")
    return name, f"{POSTGRES.rpartition('/')[0]}/{name}"


def drop_database(name: str) -> None:
    """Drop a database, whoever is still connected."""
    as_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


async def empty(store: Store) -> None:
    """Leave a database with no tables at all."""
    async with store.begin() as tx:
        await tx.run_sync(metadata.drop_all)
        await tx.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")


async def with_store(url: str, job: Callable[[Store], Awaitable[Any]]) -> Any:
    """Open a database for one job, as a process of its own would."""
    store = open_store(url)
    try:
        return await job(store)
    finally:
        await store.dispose()
