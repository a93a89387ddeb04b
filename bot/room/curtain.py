"""A clock that stands still while the scene is set, and then runs for everybody alike."""

from datetime import datetime
from pathlib import Path

from bot.clock import RehearsalClock
from bot.room.scene import DAWN
from bot.twin.machine import StillClock


class CurtainClock(StillClock):
    """Told by whoever sets the scene; from the rising of the curtain on it is the file's that the bot reads, too."""

    def __init__(self, file: Path) -> None:
        super().__init__(DAWN)
        self._file = file
        self._running: RehearsalClock | None = None

    def now(self) -> datetime:
        """Return the rehearsed instant, aware UTC."""
        return self.instant if self._running is None else self._running.now()

    def rise(self) -> None:
        """Run from now on."""
        self._running = RehearsalClock(self._file)
