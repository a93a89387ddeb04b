"""The demo as a process of its own, as a user starts it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTS_WITHIN = 240.0  # seconds, on a slow machine with much beside it


@contextmanager
def open_demo(folder: Path, *words: str) -> Iterator[str]:
    """Open a room in a folder; yield its address, and hold that it ends well."""
    command = [sys.executable, "-m", "bot", "demo", "--no-open", "--port", "0", *words]
    place = {**os.environ, "DOORSTEP_DEMO_DIR": str(folder / "room")}
    log = folder / "demo.log"
    with log.open("wb") as told, subprocess.Popen(command, env=place, stdout=told, stderr=told) as demo:
        try:
            yield _address(demo, log)
        finally:
            demo.terminate()
    assert demo.returncode == 0


def _address(demo: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + STARTS_WITHIN
    while "http://" not in (said := log.read_text("utf-8")):
        assert demo.poll() is None, said
        assert time.monotonic() < deadline, said
        time.sleep(0.2)
    return said.split("http://")[1].split()[0]
