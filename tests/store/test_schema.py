"""The schema's history on both databases."""

import asyncio
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.errors import ConfigError, StoreNewer
from bot.store.engine import Store
from bot.store.schema import migrate, require_current
from bot.store.tables import metadata
from tests.store.databases import ROOT

MIGRATE = """
import asyncio, sys
from bot.store.engine import open_store
from bot.store.schema import migrate
store = open_store(sys.argv[1])
asyncio.run(migrate(store))
"""


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return list(compare_metadata(context, metadata))


async def test_the_migrations_make_the_tables_of_the_code(store: Store) -> None:
    """What the migrations make is what tables.py says: nothing to add, drop or change."""
    async with store.begin() as tx:
        assert await tx.run_sync(_differences) == []


async def test_a_change_of_the_schema_is_noticed(store: Store) -> None:
    """A table that differs from tables.py is found by the comparison above."""
    async with store.begin() as tx:
        await tx.execute(text("ALTER TABLE alerts ADD COLUMN extra INTEGER"))
        assert await tx.run_sync(_differences) != []


async def test_migrating_twice_is_harmless(store: Store) -> None:
    """A database that is up to date stays as it is."""
    await migrate(store)
    await require_current(store)


async def test_two_processes_may_migrate_at_once(bare: Store, url: str) -> None:
    """Two installations that start at the same moment both succeed, on an empty database."""
    both = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", MIGRATE, url, cwd=ROOT, stderr=-1)
        for _ in "ab"
    ]
    told = [await one.communicate() for one in both]

    assert [one.returncode for one in both] == [0, 0], told
    await require_current(bare)


async def test_an_unmigrated_database_is_refused(bare: Store) -> None:
    """Without tables the message says what to run."""
    with pytest.raises(ConfigError, match="doorstep init"):
        await require_current(bare)


async def test_a_newer_database_is_refused(store: Store) -> None:
    """A database of a later version is neither used nor migrated."""
    async with store.begin() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreNewer, match="newer"):
        await require_current(store)
    with pytest.raises(StoreNewer, match="newer"):
        await migrate(store)
