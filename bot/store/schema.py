"""The schema's history: bringing a database up to date, and refusing one that does not fit."""

from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.errors import ConfigError, InputRefused, StoreNewer
from bot.store.engine import Store, Tx

_LOCK = 7_013_245  # an arbitrary number: two processes that migrate at once take turns
NOT_READY = "The database is not ready: run `doorstep init`."


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("bot.store") / "migrations"))
    return config


async def migrate(store: Store) -> None:
    """Bring the database up to date. Raises `StoreNewer` for one that a newer version made."""
    async with store.begin() as tx:
        await bring_up_to_date(tx)


async def migrate_empty(tx: Tx, revision: str) -> None:
    """Make a schema as it once was, to put a copy into.

    Raises `InputRefused` where there is a database already, `StoreNewer` for a revision that is not known here.
    """
    if revision not in _known():
        raise StoreNewer("This copy was made by a newer Doorstep: install that version, then restore it.")
    if await tx.run_sync(lambda connection: inspect(connection).get_table_names()):
        raise InputRefused(
            "There is a database already. Restore into a new folder (DOORSTEP_DATA_DIR) or an empty PostgreSQL "
            "database (DOORSTEP_DATABASE_URL). Nothing was changed."
        )
    await tx.run_sync(_upgrade, revision)


async def bring_up_to_date(tx: Tx) -> None:
    """Go on to the newest schema within a transaction."""
    await tx.run_sync(_upgrade)


async def revision_of(tx: Tx) -> str:
    """Return which schema this database has."""
    return str(await tx.run_sync(_refuse_newer))


def _upgrade(connection: Connection, revision: str = "head") -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    _refuse_newer(connection)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _refuse_newer(connection: Connection) -> str | None:
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in _known():
        raise StoreNewer(
            "This database was made by a newer Doorstep: install that version, or restore a backup."
        )
    return current


def _known() -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


async def require_current(store: Store) -> None:
    """Raise `ConfigError` when the database is not made or not up to date, `StoreNewer` when it is newer."""
    if not _has_file(store):
        raise ConfigError(NOT_READY)
    async with store.read() as tx:
        current = await tx.run_sync(_refuse_newer)
    if current != ScriptDirectory.from_config(_config()).get_current_head():
        raise ConfigError(NOT_READY)


def _has_file(store: Store) -> bool:
    return store.file is None or Path(store.file).exists()
