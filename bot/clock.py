"""The only now(). In a rehearsal the time comes from a file and can be moved while everything runs."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.errors import ConfigError

_REREAD_EVERY = 0.25  # seconds
_DURATION = TypeAdapter(timedelta)  # reads ISO 8601 durations


class Clock:
    """The wall clock."""

    def now(self) -> datetime:
        """Return the present instant, aware UTC."""
        return datetime.now(UTC)  # noqa: TID251

    def wall(self) -> datetime:
        """Return the present instant by the machine's own clock: for leases, which no rehearsal may move."""
        return datetime.now(UTC)  # noqa: TID251


class RehearsalClock(Clock):
    """Time from a file: an instant from which it runs on, or an offset such as `+PT26H`.

    An instant is that of the moment at which the file was written, so that every process tells the same time
    and one that starts again does not live through an hour twice. Raises `ConfigError` when the file cannot be
    read as either.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = ("", 0.0)
        self._offset = timedelta()
        self._read_at = -_REREAD_EVERY
        self._reread()

    def now(self) -> datetime:
        """Return the rehearsed instant, aware UTC."""
        if time.monotonic() - self._read_at >= _REREAD_EVERY:
            self._reread()
        return self.wall() + self._offset

    def _reread(self) -> None:
        try:
            text, written_at = self._path.read_text("utf-8").strip(), self._path.stat().st_mtime
        except OSError as error:
            raise ConfigError(f"DOORSTEP_CLOCK: cannot read the file ({error.strerror})") from None
        self._read_at = time.monotonic()
        if text and (text, written_at) != self._read:  # a writer may have just emptied it
            self._offset = self._offset_of(text, datetime.fromtimestamp(written_at, UTC))
            self._read = (text, written_at)

    def _offset_of(self, text: str, written_at: datetime) -> timedelta:
        try:
            if text[0] in "+-":
                return _DURATION.validate_python(text)
            instant = datetime.fromisoformat(text)
        except (ValueError, ValidationError):
            instant = datetime.min  # noqa: DTZ901
        if instant.tzinfo is None:
            raise ConfigError(
                "DOORSTEP_CLOCK: write an instant such as 2026-11-24T09:00:00+08:00 or an offset such as +PT26H"
            )
        return instant - written_at


def open_clock(path: Path | None) -> Clock:
    """Return the wall clock, or the rehearsal's when a file is named."""
    return RehearsalClock(path) if path else Clock()
