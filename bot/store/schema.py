"""The schema's history: bringing a database up to date, and refusing one that does not fit."""

from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.errors import ConfigError, StoreNewer
from bot.store.engine import Store

_LOCK = 7_013_245  # an arbitrary number: two processes that migrate at once take turns
NOT_READY = "The database is not ready: run `doorstep init`."


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("bot.store") / "migrations"))
    return config


async def migrate(store: Store) -> None:
    """Bring the database up to date. Raises `StoreNewer` for one that a newer version made."""
    async with store.begin() as tx:
        await tx.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    _refuse_newer(connection)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_newer(connection: Connection) -> str | None:
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current is not None and current not in known:
        raise StoreNewer(
            "This database was made by a newer Doorstep: install that version, or restore a backup."
        )
    return current


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
