"""Opening the database, its transactions, and the faults that a person must hear of.

SQLite: WAL, `synchronous=FULL`, foreign keys, a busy timeout, and every writing transaction `BEGIN IMMEDIATE`:
without it two workers take the same rows, and read-then-write fails as locked.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from typing import Any

import orjson
from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, NoSuchModuleError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import ConfigError, StoreBusy, StoreError, StoreFull
from bot.store.at_once import EngineAtOnce
from bot.store.turns import Turns

Tx = AsyncConnection

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-16000",
)
_FULL = ("disk is full", "disk I/O error", "readonly", "read-only", "unable to open", "No space left")


class Store:
    """A database. `dialect` is `sqlite` or `postgresql`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.dialect = engine.dialect.name
        # SQLite has one writer at a time: waiting here costs nothing, waiting in its busy handler sleeps.
        self._turns = Turns() if self.dialect == "sqlite" else None
        self.file = engine.url.database if self.dialect == "sqlite" else None

    @asynccontextmanager
    async def begin(self, *, patient: bool = False) -> AsyncIterator[Tx]:
        """Open a writing transaction; it is committed at the end, rolled back on any error.

        `patient`: nobody waits for it with the phone in their hand, so that others may go first.
        """
        turn = self._turns.take(patient=patient) if self._turns is not None else nullcontext()
        with _translated():
            async with turn, self._engine.begin() as tx:
                yield tx

    @asynccontextmanager
    async def read(self, *, frozen: bool = False) -> AsyncIterator[Tx]:
        """Open a transaction that only reads, and so never waits for a writer.

        `frozen`: all of it sees the same instant, as SQLite's readers always do.
        """
        level = {"isolation_level": "REPEATABLE READ"} if frozen and self.dialect == "postgresql" else {}
        with _translated():
            async with self._engine.connect() as connection:
                reader = await connection.execution_options(read_only=True, **level)
                async with reader.begin():
                    yield reader

    async def scrub(self) -> None:
        """Bring what was erased out of SQLite's write-ahead log as well; PostgreSQL's own vacuum does the like.

        While another process reads, what is left goes with the next checkpoint.
        """
        if self.dialect == "sqlite":
            async with self._engine.connect() as connection:
                await connection.run_sync(_checkpoint)

    async def dispose(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def _checkpoint(connection: Connection) -> None:
    """Empty the write-ahead log: by the driver, since that cannot be done within a transaction."""
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    cursor.close()


@contextmanager
def _translated() -> Iterator[None]:
    """Turn a driver's error into one that says what to do, without statement or parameters."""
    try:
        yield
    except DBAPIError as error:
        raise _fault(error) from None


def _fault(error: DBAPIError) -> Exception:
    told = str(error.orig)
    if any(sign in told for sign in _FULL):
        return StoreFull("The database cannot be written: free some space on its disk, then start again.")
    if "locked" in told or "deadlock" in told:
        return StoreBusy("Another process holds the database: wait a moment, or stop the other process.")
    unconnected = error.statement is None or error.connection_invalidated
    if unconnected or isinstance(error, OperationalError | InterfaceError):
        return StoreError(f"The database does not answer ({type(error.orig).__name__}).")
    return error


def open_store(url: str, *, at_once: bool = False) -> Store:
    """Open the database at `url`. Raises `ConfigError` for a URL that names none that we know.

    `at_once`: an SQLite file answers in the thread that asks, for a process in which nobody else waits.
    """
    try:
        opened = make_url(url)
        make: Any = EngineAtOnce if at_once and opened.get_backend_name() == "sqlite" else create_async_engine
        engine = make(
            opened,
            json_serializer=lambda value: orjson.dumps(value).decode(),
            json_deserializer=orjson.loads,
            hide_parameters=True,
        )
    except (ArgumentError, ModuleNotFoundError, NoSuchModuleError):
        raise ConfigError(
            "DOORSTEP_DATABASE_URL: write sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER@HOST/NAME"
        ) from None
    if engine.dialect.name == "sqlite":
        _profile_sqlite(engine)
    else:
        _profile_server(engine)
    return Store(engine)


def _profile_server(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "do_connect")
    def _connect(dialect: Any, _record: Any, where: Any, options: Any) -> Any:
        try:
            return dialect.connect(*where, **options)
        except OSError as error:  # the driver lets a refused connection through as it is
            raise StoreError(f"The database does not answer ({type(error).__name__}).") from None


def _profile_sqlite(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        read_only = connection.get_execution_options().get("read_only", False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
