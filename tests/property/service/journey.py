"""A random life of some customers, one for each kind of hold that a place knows; the desk and the clock beside them."""

import random
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select

from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.customer.holds import lift_hold, open_hold
from bot.service.desk.cases.notices import record_notice
from bot.service.desk.invites import customer_links
from bot.service.desk.reminders.sets import remind_rows
from bot.store import holds
from bot.store.tables import cases, promises
from tests.property.rules.naive.judge import hold_kinds
from tests.service.conftest import HEADER, Town

ZONES = {
    "AU": "Australia/Sydney",
    "KR": "Asia/Seoul",
    "UK": "Europe/London",
    "US-MA": "America/New_York",
}
FIRST_CHAT, SCHEDULER, NOBODY = 1000, 901, 0
WORDS = (
    "/visit",
    "/plan",
    "/rights",
    "/help",
    "/times",
    "/complain",
    "/privacy",
    "/language",
    "hello",
    "250",
)
MINUTES = (1, 5, 90, 400, 1000, 1500, 4000)


class Journey:
    """`refs` are the cases by chat, `kinds` the kind of hold that each case is put on."""

    def __init__(self, town: Town, place: str, chance: random.Random) -> None:
        self.town, self.place, self.chance = town, place, chance
        self.refs = {FIRST_CHAT + n: f"H-{kind}" for n, kind in enumerate(hold_kinds(place))}
        self.kinds = {ref: ref.removeprefix("H-") for ref in self.refs.values()}

    async def begin(self) -> None:
        """Take the cases in, let each customer say who they are, announce visits, and let reminders wait for a day."""
        rest = f'482X,en,{self.place},{ZONES[self.place]},"12 Elm Grove",credit card,GBP,1240.50,2026-11-02'
        await self.town.staff()
        await self.town.take_in(HEADER, *(f"{ref},Ada Finch,+442079460101,{rest}" for ref in self.kinds))
        for ref in self.kinds if self.place == "KR" else ():  # where nothing may come before it
            await record_notice(self.town.inst, ref, "collection_start", date(2027, 2, 1))
        links = {one.case.case_ref: one.token for one in (await customer_links(self.town.inst)).links}
        for chat_id, ref in self.refs.items():
            await self.town.enrol(chat_id, links[ref])
        await self.town.plan()
        await self._promise()

    async def _promise(self) -> None:
        """Let there be something to remind each customer of, with or without a visit."""
        now = self.town.clock.now()
        common = {
            "amount": 5000,
            "due_on": now.date() + timedelta(days=400),
            "status": "open",
            "created_at": now,
        }
        async with self.town.inst.store.begin() as tx:
            ids = (await tx.execute(select(cases.c.id))).scalars()
            await tx.execute(insert(promises), [common | {"id": new_id(), "case_id": one} for one in ids])

    async def step(self) -> int:
        """Do one thing; return in whose chat."""
        deeds = (self.passes, self.nights, self.writes, self.taps, self.taps, self.works)
        deed: Callable[[], Awaitable[int]] = self.chance.choice(deeds)
        return await deed()

    async def passes(self) -> int:
        """Time passes."""
        await self.town.jump(minutes=self.chance.choice(MINUTES))
        return NOBODY

    async def nights(self) -> int:
        """What is sent in the evening waits; in the night cases are put on hold; then the morning comes."""
        local = self.town.clock.now().astimezone(ZoneInfo(ZONES[self.place]))
        evening = max(local.replace(hour=22, minute=0), local)
        await self.town.jump(seconds=(evening - local).total_seconds())
        await self._reminds()
        await self.town.settle()
        await self._holds()
        await self.town.jump(hours=12)
        return NOBODY

    async def writes(self) -> int:
        """A customer writes."""
        chat_id = self._somebody()
        await self.town.says(chat_id, self.chance.choice(WORDS))
        return chat_id

    async def taps(self) -> int:
        """A customer taps any button, however old, but that they are somebody else."""
        chat_id = self._somebody()
        buttons = [
            (message.message_id, one["callback_data"])
            for message in self.town.chat(chat_id).messages
            for one in message.buttons()
            if not one.get("callback_data", ":not_me").endswith(":not_me")
        ]
        if buttons:
            message_id, data = self.chance.choice(buttons)
            await self.town.does(chat_id, "tap", message_id=message_id, data=data)
        return chat_id

    async def works(self) -> int:
        """The desk reminds, plans, sends somebody home, puts on hold or lifts."""
        deeds = (self._reminds, self._reminds, self._plans, self._off, self._holds, self._holds, self._lifts)
        deed: Callable[[], Awaitable[None]] = self.chance.choice(deeds)
        await deed()
        await self.town.settle()
        return NOBODY

    def _somebody(self) -> int:
        return self.chance.choice(list(self.refs))

    async def _reminds(self) -> None:
        for ref in self.kinds:
            await remind_rows(self.town.inst, ref, None, dry_run=False)

    async def _plans(self) -> None:
        await self.town.plan()

    async def _off(self) -> None:
        day = self.town.clock.now().date() + timedelta(days=self.chance.randint(0, 3))
        await self.town.says(SCHEDULER, f"/off co {day}")
        await self.town.taps(SCHEDULER, "off")

    async def _holds(self) -> None:
        for ref in self.chance.sample(list(self.kinds), len(self.kinds) // 3):
            await self.hold(ref)

    async def hold(self, ref: str) -> None:
        """Put a case on its own kind of hold, however often."""
        async with self.town.inst.store.begin() as tx:
            batch = Batch(self.town.inst, tx, self.town.clock.now())
            case = await batch.case(await self._id(tx, ref))
            await open_hold(batch, batch.changes, case, self.kinds[ref], by="cli")
            await batch.changes.write(tx)

    async def _lifts(self) -> None:
        async with self.town.inst.store.begin() as tx:
            batch = Batch(self.town.inst, tx, self.town.clock.now())
            case_id = await self._id(tx, self.chance.choice(list(self.kinds)))
            for row in await holds.active(tx, case_id, batch.now):
                await lift_hold(batch, batch.changes, row, by="cli", reason="looked at")
            await batch.changes.write(tx)

    async def _id(self, tx: Any, ref: str) -> int:
        return int((await tx.execute(select(cases.c.id).where(cases.c.case_ref == ref))).scalar_one())
