"""One run: the people's process and a bot's process, and what the bot's process used."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

from bot.sandbox.world import TOKEN

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds until a bot must have begun


class Arena:
    """`crowd` is the module of the people, with its arguments; `folder` is kept over a restart of the bot."""

    def __init__(self, folder: Path, crowd: str, *arguments: object, **environment: str) -> None:
        self._folder = folder
        self._command = [sys.executable, "-m", crowd, *map(str, arguments)]
        self._environment = environment

    def __enter__(self) -> Self:
        pipe = subprocess.PIPE
        with (self._folder / "crowd.log").open("ab") as log:
            self._crowd = subprocess.Popen(
                self._command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=log, text=True
            )
        self._environment = {
            **os.environ,
            "DOORSTEP_TOKEN": TOKEN,
            "DOORSTEP_API_URL": self._hear()["url"],
            "DOORSTEP_DATA_DIR": str(self._folder),
            "PYTHONPATH": str(ROOT),
            **self._environment,
        }
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self._crowd.stdin, self._crowd.stdout):
            pipe.close()
        self._crowd.kill()
        self._crowd.wait()

    def start(self, module: str, *arguments: object) -> subprocess.Popen[bytes]:
        """Start a bot and wait for its first poll."""
        before = self.ask("figures")["polls"]
        command = [sys.executable, "-m", module, *map(str, arguments)]
        with (self._folder / "bot.log").open("ab") as log:
            bot = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)
        self.wait_for("figures", lambda found: found["polls"] > before)
        return bot

    def ask(self, word: str) -> dict[str, Any]:
        """Say a word to the people, hear their figures."""
        self._crowd.stdin.write(f"{word}\n")
        self._crowd.stdin.flush()
        return self._hear()

    def wait_for(self, word: str, done: Any, patience: float = PATIENCE) -> dict[str, Any]:
        """Ask again and again until `done` likes the answer. Raises `TimeoutError` with the end of the bot's log."""
        deadline = time.monotonic() + patience
        while not done(found := self.ask(word)):
            if time.monotonic() > deadline:
                raise TimeoutError((self._folder / "bot.log").read_text()[-2000:])
            time.sleep(0.1)
        return found

    def _hear(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._crowd.stdout.readline())
        return answer


def used(pid: int) -> tuple[float, float]:
    """Return CPU seconds and peak memory in MB of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    status = Path(f"/proc/{pid}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return cpu, int(peak.split()[1]) / 1024
