"""A stage for stories: the stand-in for Telegram, the real bot as a process beside it, a clock that can be moved."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bot.clock import RehearsalClock
from bot.sandbox.house import CONTACT, CREDITOR, neutral_environment
from bot.sandbox.narrator import Narrator
from bot.sandbox.phone import NotSeen, Phone
from bot.sandbox.server import SandboxServer
from bot.sandbox.world import TOKEN, World

STOP_WITHIN = 20.0  # seconds


class Stage:
    """Commands run as `doorstep ...` processes on one data folder; the bot is `doorstep run`."""

    def __init__(
        self, folder: Path, server: SandboxServer, url: str, session: ClientSession, narrator: Narrator
    ) -> None:
        self.folder = folder
        self.server = server
        self.url = url
        self.narrator = narrator
        self.patience = 15.0  # seconds that people wait for what should come
        self._session = session
        self._bot: asyncio.subprocess.Process | None = None
        self.environment = {
            **neutral_environment(),
            "DOORSTEP_TOKEN": TOKEN,
            "DOORSTEP_API_URL": url,
            "DOORSTEP_DATA_DIR": str(folder / "data"),
            "DOORSTEP_CLOCK": str(folder / "clock"),
            "DOORSTEP_CREDITOR": CREDITOR,
            "DOORSTEP_CONTACT": CONTACT,
            "DOORSTEP_RATE": "0",  # the stand-in has no limits unless they are switched on
        }

    def phone(self, chat_id: int, name: str) -> Phone:
        """Return a phone; what happens on it is told under `name`."""
        self.narrator.follow(chat_id, name)
        return Phone(self._session, self.url, chat_id, patience=self.patience)

    async def doorstep(self, *words: str) -> str:
        """Run a command, tell it, and return what it printed. Raises `NotSeen` when it is refused."""
        printed = await self._run(words)
        self.narrator.command(words, printed)
        return printed

    async def _run(self, words: Sequence[str]) -> str:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            env=self.environment,
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        if process.returncode:
            raise NotSeen(f"doorstep {words[0]} ended with {process.returncode}: {err.decode()[-2000:]}")
        return out.decode()

    async def listed(self, *words: str) -> Any:
        """Run a command with --json and return what it told; the story's own look behind the scenes."""
        return json.loads(await self._run((*words, "--json")))

    async def start_bot(self) -> None:
        """Start the bot."""
        log = (self.folder / "bot.log").open("ab")
        self._bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env=self.environment,
            cwd=self.folder,
            stdout=log,
            stderr=log,
        )
        log.close()

    async def stop_bot(self) -> int:
        """Stop the bot as a service manager would; return its exit code."""
        if self._bot is None:
            return 0
        if self._bot.returncode is None:
            self._bot.terminate()
        return await asyncio.wait_for(self._bot.wait(), STOP_WITHIN)

    async def kill_bot(self) -> None:
        """Kill the bot as a power cut would."""
        if self._bot is not None and self._bot.returncode is None:
            self._bot.kill()
            await self._bot.wait()

    def jump(self, to: datetime) -> None:
        """Move the clock; time runs on from there."""
        target = self.folder / "clock.new"
        target.write_text(to.isoformat())
        target.replace(self.folder / "clock")
        self.narrator.jumped(to)

    def now(self) -> datetime:
        """Return the rehearsed time."""
        return RehearsalClock(self.folder / "clock").now()


@asynccontextmanager
async def open_stage(folder: Path, start: datetime, narrator: Narrator) -> AsyncIterator[Stage]:
    """Set a stage in an empty folder, with the clock at `start`; everything is stopped at the end."""
    (folder / "clock").write_text(start.isoformat())
    clock = RehearsalClock(folder / "clock")
    server = SandboxServer(World(clock.now))
    url = await server.start()
    narrator.watch(server.world)
    async with ClientSession() as session:
        stage = Stage(folder, server, url, session, narrator)
        try:
            yield stage
        finally:
            await stage.kill_bot()
            await server.stop()
