"""The clock that pokes: APScheduler with nothing in it but short intervals."""

from collections.abc import Callable, Mapping

from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

EVERY = 0.5  # seconds


class Clockwork:
    """Pokes each worker twice a second; a run that is late is run, not dropped, and never twice at once.

    The pokes run on the event loop itself: what they wake belongs to it, and a thread may not touch that.
    """

    def __init__(self, pokes: Mapping[str, Callable[[], None]]) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            executors={"default": DebugExecutor()},  # its name for: in the caller's own thread
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for name, poke in pokes.items():
            self._scheduler.add_job(poke, "interval", seconds=EVERY, id=name)

    def start(self) -> None:
        """Begin to poke."""
        self._scheduler.start()

    def stop(self) -> None:
        """Poke no more."""
        self._scheduler.shutdown(wait=False)
