"""A visit that begins at a moment of its own copy, so that what was lived before is lived once for all stories."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from copy import copy, deepcopy
from dataclasses import replace
from pathlib import Path

from bot.sandbox.hands import DEEDS
from bot.service.desk.invites import invite_staff
from bot.store import cases
from bot.store.engine import open_store
from bot.twin.machine import StillClock
from tests.service.conftest import Town
from tests.service.visits.morning import ADA, CORA, NAMES, PLACES, Moment
from tests.transcripts.recorder import Recorder


class Visit(Recorder):
    """One visit, what people do in it, and everything that is said."""

    def __init__(self, town: Town, locale: str) -> None:
        super().__init__(town, NAMES)
        self.town, self.locale = town, locale
        self.skip()

    def first_option(self, chat_id: int) -> str:
        """Return the first button of the newest question on a phone."""
        newest = next(one for one in reversed(self.town.chat(chat_id).messages) if one.buttons())
        return str(newest.buttons()[0]["callback_data"]).rpartition(":")[2]

    async def moved_to(self, jurisdiction: str) -> None:
        """Let the rules of another place hold for this case."""
        async with self.town.inst.store.begin() as tx:
            row = await cases.of_chat(tx, ADA)
            await cases.change(tx, row.id, jurisdiction=jurisdiction)

    async def signs_in_again(self, chat_id: int, new_chat_id: int) -> None:
        """Let the collector, whose phone is dead, be invited again and open the link on another one."""
        name = PLACES[self.locale].staff[1]
        badge = f"C-{CORA}"
        self.lines.append(
            f"\n-- {NAMES[chat_id]}: the phone is dead; `doorstep invite` with the same name and badge"
        )
        token = await invite_staff(
            self.town.inst, role="collector", name=name, badge=badge, locale=self.locale
        )
        await self.town.does(new_chat_id, "open", payload=token)
        self.look()

    async def without_signal(self, chat_id: int, *words: str, minutes: int) -> None:
        """Let a phone without signal send everything at once, later."""
        self.lines.append(f"\n{NAMES[chat_id]} writes without signal: {', '.join(words)}")
        for one in words:
            DEEDS["say"](self.town.world, self.town.chat(chat_id), {"text": one})
        await self.jumps(minutes=minutes)


Story = Callable[[Visit], Awaitable[None]]


@asynccontextmanager
async def copied(moment: Moment, folder: Path) -> AsyncIterator[Visit]:
    """A visit from this moment on, in an installation that nothing else touches."""
    shutil.copytree(moment.folder, folder)
    settings = moment.inst.settings.model_copy(update={"data_dir": folder})
    store = open_store(settings.database, at_once=True)
    clock = StillClock(moment.instant)
    town = Town(replace(moment.inst, settings=settings, store=store, clock=clock), clock, folder)
    town.world = copy(moment.world)  # with its counters: Telegram's numbers never come twice
    town.world.clock, town.world.updates = clock.now, []
    town.world.chats, town.world.files = deepcopy(moment.world.chats), dict(moment.world.files)
    try:
        yield Visit(town, moment.locale)
    finally:
        await store.dispose()


async def lived_on(moment: Moment, folder: Path, way: Story) -> Moment:
    """Return the moment to which a way leads from another one."""
    async with copied(moment, folder) as visit:
        await way(visit)
        return replace(moment, folder=folder, world=visit.town.world, instant=visit.town.clock.instant)
