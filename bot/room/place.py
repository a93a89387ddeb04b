"""Where the room lies from one start to the next: in a folder of its own, one demo at a time."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_data_path

from bot.errors import InputRefused
from bot.room import memory

MARK = ".doorstep-demo"  # made in an empty folder: what lies beside it is the room's and may be thrown away
OWN = (
    "data",
    memory.FILE,
    f"{memory.FILE}.new",
    "clock",
    "bot.log",
    "returned.csv",
)  # all but the recordings


def home() -> Path:
    """Return where the room lies; `DOORSTEP_DEMO_DIR` names another place."""
    named = os.environ.get("DOORSTEP_DEMO_DIR")
    return Path(named).absolute() if named else user_data_path("doorstep") / "demo"


@contextmanager
def occupied(folder: Path, *, fresh: bool) -> Iterator[None]:
    """Hold the folder; `fresh`, or after a start that did not come to its end, it is empty but for the recordings.

    Raises `InputRefused` for a folder that holds something else, or in which another demo is open.
    """
    _mark(folder)
    lock = FileLock(folder / f"{MARK}.lock")
    try:
        held = lock.acquire(blocking=False)
    except Timeout:
        raise InputRefused(
            f"The demo is open already, in {folder}: use its page, or close it with Ctrl-C first."
        ) from None
    with held:
        if fresh or not memory.is_kept(folder):
            forget(folder)
        yield


def forget(folder: Path) -> None:
    """Throw away what the room keeps, but no recording."""
    for name in OWN:
        thing = folder / name
        if thing.is_dir():
            shutil.rmtree(thing)
        else:
            thing.unlink(missing_ok=True)


def _mark(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    ours = (folder / MARK).exists() or memory.is_kept(folder)
    if not ours and any(folder.iterdir()):
        raise InputRefused(
            f"{folder} holds something else: let DOORSTEP_DEMO_DIR name an empty folder for the demo."
        )
    (folder / MARK).touch()
