"""One running bot on an SQLite file: a lock of the operating system, which dies with its process."""

from filelock import FileLock, Timeout

from bot.errors import StoreBusy


class OnlyOne:
    """Holds the lock beside `file`; a database server (None) needs none, its leases are rows."""

    def __init__(self, file: str | None) -> None:
        self._lock = FileLock(f"{file}.lock") if file else None

    def take(self) -> None:
        """Take the lock. Raises `StoreBusy` when another process has it."""
        try:
            if self._lock is not None:
                self._lock.acquire(timeout=0)
        except Timeout:
            raise StoreBusy("Another `doorstep run` works on this database: stop it first.") from None

    def release(self) -> None:
        """Let it go."""
        if self._lock is not None:
            self._lock.release()
