"""The room itself: phones, clock, bot and stand-in together, from the first start to the last."""

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bot.drafting.rehearsal import Rehearsal
from bot.room import memory
from bot.room.curtain import CurtainClock
from bot.room.faults import Faults
from bot.room.people import Person
from bot.room.recording import Recording
from bot.room.scene import Scene
from bot.room.time_machine import TimeMachine
from bot.room.tour import PACE, PATIENCE, Tour
from bot.sandbox.house import ZONE
from bot.sandbox.narrator import Narrator
from bot.sandbox.phone import Phone
from bot.sandbox.server import SandboxServer
from bot.sandbox.stage import Stage
from bot.sandbox.world import World
from bot.service.installation import Installation

SAVE_EVERY = 3.0  # seconds


class Room:
    """What the page shows and moves; everything lies in one folder, so that it goes on where it was."""

    def __init__(self, folder: Path, opened: Installation, session: ClientSession) -> None:
        self.folder = folder
        self._still = CurtainClock(folder / "clock")
        self._rehearsal = Rehearsal(replace(opened, clock=self._still), self._still)
        self.inst = self._rehearsal.inst
        self.server = SandboxServer(self._rehearsal.world)
        self.stage = Stage(folder, self.server, "", session, Narrator(ZONE, lambda _: None))
        self.stage.environment |= {"DOORSTEP_LOCALE": opened.settings.locale, "DOORSTEP_TIMEZONE": ZONE}
        self.session = session
        self.people: list[Person] = []
        self.progress = ""
        self.epoch = 0  # grows with all that happens to the clock or the bot, so that pages set theirs
        self.faults = Faults(self.server, self.stage, self.moved)
        self.clock = TimeMachine(self.inst, self._jump, self.moved)
        self.recording = Recording(self.world, self.now)
        self.tour = Tour(self.inst, self._phone, self.clock.leap_to, self.moved)

    @property
    def world(self) -> World:
        """Return the phones and their chats."""
        return self.server.world

    def _jump(self, to: datetime) -> None:
        """Move the clock; here it is read anew at once, while the bot looks at the file four times a second."""
        self.stage.jump(to)
        self._still.rise()

    def _phone(self, chat_id: int) -> Phone:
        return Phone(self.session, self.stage.url, chat_id, patience=PATIENCE, pace=PACE)

    def person(self, chat_id: int) -> Person | None:
        """Return whose phone it is."""
        return next((one for one in self.people if one.id == chat_id), None)

    def now(self) -> datetime:
        """Return the rehearsed time, aware UTC."""
        return self._still.now()

    def state(self) -> dict[str, Any]:
        """Return all that the page shows beside the phones, but the time."""
        return {
            "zone": ZONE,
            "epoch": self.epoch,
            "playing": self.clock.playing,
            "bot": self.faults.bot,
            "people": [one.to_json() for one in self.people],
            "faults": {"offline": sorted(self.world.offline), "too_many": self.faults.too_many},
            "tour": self.tour.state(),
            "recording": self.recording.on,
            "progress": self.progress,
        }

    async def moved(self) -> None:
        """Tell every page that something is no longer as it was."""
        self.epoch += 1
        await self.world.tell()

    def listen_at(self, url: str) -> None:
        """Say where the stand-in is to be found."""
        self.stage.url = url
        self.stage.environment["DOORSTEP_API_URL"] = url

    async def rise(self, cases: Path, scripts: Path | None) -> None:
        """Set the scene, or go on with what was there, and start the bot. Raises `InputRefused` for unusable files."""
        kept = memory.load(self.folder, self.world)
        if kept is None:
            self.people = await Scene(self._rehearsal, self.folder, self._tell).set(cases, scripts)
            self.stage.jump(self._still.instant)
        else:
            self.people = kept.people
            self.stage.jump(kept.now)
            self.recording = Recording(self.world, self.now, kept.played)
        self._still.rise()
        self.recording.listen()
        self._tell("")
        self.save()
        await self.faults.start()

    def _tell(self, progress: str) -> None:
        self.progress = progress
        self.world.version += 1

    def save(self) -> None:
        """Write down what the stand-in knows."""
        memory.save(self.folder, self.world, memory.Kept(self.people, self.now(), self.recording.played))

    def save_recording(self) -> tuple[Path, str]:
        """Write down what was recorded; return where, and what it says. Raises `InputRefused` when nothing was."""
        text = self.recording.transcript()
        home = self.folder / "recordings"
        home.mkdir(exist_ok=True)
        file = home / f"{len(list(home.iterdir())) + 1:03}.txt"
        file.write_text(text, "utf-8")
        return file, text

    async def keep(self) -> None:
        """Write it down again and again, when something has changed."""
        saved = self.world.version
        while True:
            await asyncio.sleep(SAVE_EVERY)
            if self.people and self.world.version != saved:
                saved = self.world.version
                self.save()

    async def close(self) -> None:
        """Stop the bot as a service manager would, and write down what there is."""
        await self.tour.stop()
        await self.clock.pause()
        await self.stage.stop_bot()
        if self.people:
            self.save()
