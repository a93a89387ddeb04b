"""The schema's history on both databases."""

import asyncio
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.errors import ConfigError, StoreNewer
from bot.store import alerts, receipts
from bot.store.engine import Store
from bot.store.schema import _config, migrate, require_current
from bot.store.tables import metadata
from tests.store.databases import ROOT
from tests.store.rows import NOON, field_team, message

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


def _to(connection: Connection, revision: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


async def test_receipts_that_stood_in_their_rows_are_taken_over(bare: Store) -> None:
    """A database of the first version keeps what the rules said of each message and visit."""
    verdict = '{"outcome": "wait", "action": {"kind": "message"}}'
    async with bare.begin() as tx:
        await tx.run_sync(_to, "0001")
        await field_team(tx, range(1, 2))
        old = {"verdict": verdict, "contact": True, "case_id": 1, "visit_id": 8, "session_id": 9}
        row = {**message(7), **old, "not_before": 0, "created_at": 0}
        if bare.dialect == "postgresql":
            row |= {"not_before": NOON, "created_at": NOON}
        names = ", ".join(row)
        values = ", ".join(
            "CAST(:verdict AS jsonb)" if one == "verdict" and bare.dialect == "postgresql" else f":{one}"
            for one in row
        )
        await tx.execute(text(f"INSERT INTO outbox ({names}) VALUES ({values})"), row)  # noqa: S608

    await migrate(bare)

    async with bare.read() as tx:
        (found,) = await receipts.of_case(tx, 1)
    assert (found.about, found.outcome, found.outbox_id, found.visit_id) == ("message", "wait", 7, 8)
    assert found.verdict["action"] == {"kind": "message"}


async def test_what_was_open_twice_stays_open(bare: Store) -> None:
    """Items that were open twice before it was forbidden are both kept; a third of the kind is not opened."""
    at = "0" if bare.dialect == "sqlite" else "now()"
    rows = ", ".join(f"({number}, 'dispute', 7, {at})" for number in (1, 2))
    async with bare.begin() as tx:
        await tx.run_sync(_to, "0032")
        await tx.execute(text(f"INSERT INTO alerts (id, kind, case_id, opened_at) VALUES {rows}"))  # noqa: S608
    await migrate(bare)

    row = {"id": 3, "kind": "dispute", "case_id": 7, "subject_id": None, "opened_at": NOON}
    async with bare.begin() as tx:
        assert await alerts.open_alert(tx, row) == (1, False)
        assert [one.id for one in await alerts.open_of_case(tx, 7, ["dispute"])] == [1, 2]
