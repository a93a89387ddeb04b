"""SQLite in the very thread that asks: for a rehearsal, where nobody else waits while a statement runs.

The asynchronous engine hands each statement to a thread and waits for its answer, which takes longer than most
statements do. Here SQLAlchemy's own engine answers, behind as much of the asynchronous one's face as we use.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager
from typing import Any, Self

from sqlalchemy import URL, Connection, NestedTransaction, Transaction, create_engine
from sqlalchemy.ext.asyncio import AsyncResult


class _Begun(Awaitable["_Begun"]):
    """A transaction or a savepoint within one, to be awaited or entered."""

    def __init__(self, made: Transaction | NestedTransaction) -> None:
        self._made = made

    def __await__(self) -> Generator[None, None, "_Begun"]:
        yield from ()
        return self

    async def __aenter__(self) -> Self:
        self._made.__enter__()
        return self

    async def __aexit__(self, *fault: object) -> None:
        self._made.__exit__(*fault)

    async def rollback(self) -> None:
        """Undo it."""
        self._made.rollback()


class ConnectionAtOnce:
    """A connection that blocks its event loop while it works."""

    def __init__(self, connection: Connection) -> None:
        self.sync_connection = connection
        self.dialect = connection.dialect

    async def execute(self, statement: Any, parameters: Any = None) -> Any:
        """Execute a statement."""
        return self.sync_connection.execute(statement, parameters)

    async def stream(self, statement: Any) -> AsyncResult[Any]:
        """Execute a statement whose rows are fetched as they are asked for."""
        return AsyncResult(self.sync_connection.execute(statement))

    async def execution_options(self, **options: Any) -> "ConnectionAtOnce":
        """Set what holds for the statements that follow."""
        self.sync_connection.execution_options(**options)
        return self

    def begin(self) -> _Begun:
        """Begin a transaction."""
        return _Begun(self.sync_connection.begin())

    def begin_nested(self) -> _Begun:
        """Set a savepoint."""
        return _Begun(self.sync_connection.begin_nested())

    async def run_sync(self, function: Callable[..., Any], *words: Any) -> Any:
        """Call a function with the connection beneath."""
        return function(self.sync_connection, *words)


class EngineAtOnce:
    """An engine on a file, all of whose connections answer in the thread that asks."""

    def __init__(self, url: URL, **options: Any) -> None:
        self.sync_engine = create_engine(url.set(drivername="sqlite"), **options)
        self.dialect, self.url = self.sync_engine.dialect, url

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[ConnectionAtOnce]:
        """Open a transaction; it is committed at the end, rolled back on any error."""
        with self.sync_engine.begin() as connection:
            yield ConnectionAtOnce(connection)

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[ConnectionAtOnce]:
        """Open a connection."""
        with self.sync_engine.connect() as connection:
            yield ConnectionAtOnce(connection)

    async def dispose(self) -> None:
        """Close every connection."""
        self.sync_engine.dispose()
