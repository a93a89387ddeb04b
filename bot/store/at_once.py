"""SQLite in the very thread that asks: for a rehearsal, where nobody else waits while a statement runs.

aiosqlite hands each statement to a thread and waits for its answer, which takes longer than most statements do.
"""

import sqlite3
from asyncio import Future
from collections.abc import Callable
from typing import Any

import aiosqlite

CHUNK = 64  # rows that are fetched at once where rows are streamed: aiosqlite's own number


class _InPlace:
    """Stands for aiosqlite's queue and its thread: what is put in is done before the call returns."""

    def put_nowait(self, order: tuple[Future[Any] | None, Callable[[], Any]]) -> None:
        """Do it, and give its answer to whoever will wait for it."""
        future, function = order
        try:
            answer = function()
        except Exception as error:  # noqa: BLE001 - it belongs to whoever waits
            if future is not None:
                future.set_exception(error)
        else:
            if future is not None:
                future.set_result(answer)

    def start(self) -> None:
        """There is no thread to start."""


class AtOnce(aiosqlite.Connection):
    """A connection to the database in a file that blocks its event loop while it works."""

    def __init__(self, file: str) -> None:
        super().__init__(lambda: sqlite3.connect(file), CHUNK)
        self._tx = self._thread = _InPlace()  # type: ignore[assignment]
