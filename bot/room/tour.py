"""The guided tour: one customer, one visit, from its announcement to the first payment, at a pace to read along."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.errors import InputRefused
from bot.i18n.text import T
from bot.room.people import STAFF, Person
from bot.sandbox.interview import interview
from bot.sandbox.phone import NotSeen, Phone, offers
from bot.service.desk.payments import record_payment
from bot.service.installation import Installation
from bot.store import cases, visits
from flows.script import Text

ANNOUNCED = T(
    "tour/announced", "{name} has been told of a visit: who comes, when and why, and which rights there are."
)
CONFIRMED = T(
    "tour/confirmed", "{name} confirms with one tap. A file for the calendar comes with the answer."
)
REMINDED = T("tour/reminded", "A short reminder, the day before and two hours before. It can still be moved.")
CHECKED_IN = T("tour/checked_in", "Both of the team say that they are there. Nobody starts alone.")
DOOR = T(
    "tour/door",
    "Each side has half of a code: both know that the other is genuine. The script leads from step to step.",
)
CHECKED_OUT = T("tour/checked_out", "Both say that they are safely out. The scheduler gets a report.")
AGREED = T("tour/agreed", "What was agreed stands in {name}'s own chat, to be seen and put right.")
PAID = T("tour/paid", "The payment comes in, and no reminder goes out.")
NOT_NOW = T(
    "tour/not_now",
    "The tour needs a customer whose visit is announced and open: start the demo with --fresh.",
)
STUCK = T(
    "tour/stuck",
    "The tour ends here, since something was done by hand meanwhile. Go on by hand, or start with --fresh.",
)
DONE = T("tour/done", "That is the whole way. Now try it by hand: every phone is yours.")

STEP = 2.5  # seconds to read a caption, before the first hand moves
PACE = 0.9  # seconds before each tap
PATIENCE = 30.0
EARLY = timedelta(minutes=5)  # before the visit, when the team comes
CUSTOMER, COLLECTOR, OFFICER = "customer", "collector", "safety_officer"


class Scene(NamedTuple):
    """What the page says of it, and what happens."""

    caption: Text
    act: Callable[[], Awaitable[None]]


class Tour:
    """Plays on the phones of the room; whoever stops it goes on by hand from there."""

    def __init__(
        self,
        inst: Installation,
        phone: Callable[[int], Phone],
        jump: Callable[[datetime], Awaitable[None]],
        moved: Callable[[], Awaitable[None]],
    ) -> None:
        self._inst, self._phone, self._jump, self._moved = inst, phone, jump, moved
        self._task: asyncio.Task[None] | None = None
        self._state: dict[str, Any] = {"state": "idle", "caption": "", "step": 0, "of": 0, "chats": []}

    def state(self) -> dict[str, Any]:
        """Return what the page shows of it."""
        return self._state

    async def play(self, people: Sequence[Person], language: str) -> None:
        """Begin. Raises `InputRefused` when it plays already, or nobody's visit is open in this language."""
        if self._task is not None and not self._task.done():
            raise InputRefused("The tour is playing already: stop it first.")
        cast = await self._cast(people, language)
        self._task = asyncio.create_task(self._play(cast, language))

    async def stop(self) -> None:
        """Leave everything as it is."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            await self._tell({"state": "stopped"})

    async def _play(self, cast: "Cast", language: str) -> None:
        scenes = cast.scenes()
        chats = [cast.customer.id, cast.collector.chat_id, cast.officer.chat_id]
        try:
            for step, scene in enumerate(scenes, start=1):
                caption = self._say(scene.caption, language, name=cast.customer.name)
                told = {
                    "state": "playing",
                    "caption": caption,
                    "step": step,
                    "of": len(scenes),
                    "chats": chats,
                }
                await self._tell(told)
                await asyncio.sleep(STEP)
                await scene.act()
        except NotSeen:
            await self._tell({"state": "stopped", "caption": self._say(STUCK, language)})
        else:
            await self._tell({"state": "done", "caption": self._say(DONE, language)})

    async def _tell(self, change: dict[str, Any]) -> None:
        self._state = {**self._state, **change}
        await self._moved()

    def _say(self, text: Text, language: str, **values: str) -> str:
        words = self._inst.catalogues.text(language, text.context, text.msgid)
        return words.format_map(values) if values else words

    async def _cast(self, people: Sequence[Person], language: str) -> "Cast":
        """Return who plays: the first customer of this language whose visit is announced and not yet confirmed."""
        async with self._inst.store.read() as tx:
            for person in people:
                if person.role != CUSTOMER or person.language != language or person.case is None:
                    continue
                case = await cases.by_ref(tx, person.case)
                visit = await visits.live_of(tx, case.id) if case is not None else None
                if visit is not None and visit.status == "noticed":
                    return self._with_team(person, visit.starts_at)
        raise InputRefused(self._say(NOT_NOW, language))

    def _with_team(self, customer: Person, starts_at: datetime) -> "Cast":
        team = {one.role: one.id for one in STAFF if one.zone == customer.zone}
        collector, officer = (self._phone(team[role]) for role in (COLLECTOR, OFFICER))
        return Cast(self._inst, customer, self._phone(customer.id), collector, officer, starts_at, self._jump)


class Cast:
    """Those who play, and the scenes."""

    def __init__(
        self,
        inst: Installation,
        customer: Person,
        phone: Phone,
        collector: Phone,
        officer: Phone,
        starts_at: datetime,
        jump: Callable[[datetime], Awaitable[None]],
    ) -> None:
        self._inst, self.customer, self.phone, self._starts_at, self._jump = (
            inst,
            customer,
            phone,
            starts_at,
            jump,
        )
        self.collector, self.officer = collector, officer
        self._due_on = starts_at.date() + timedelta(days=10)

    def scenes(self) -> Sequence[Scene]:
        """Return the scenes in their order."""
        return (
            Scene(ANNOUNCED, self.read),
            Scene(CONFIRMED, self.confirm),
            Scene(REMINDED, self.remind),
            Scene(CHECKED_IN, self.check_in),
            Scene(DOOR, self.talk),
            Scene(CHECKED_OUT, self.check_out),
            Scene(AGREED, self.agree),
            Scene(PAID, self.pay),
        )

    async def read(self) -> None:
        """The notice is there."""
        await self.phone.wait_for(lambda message: offers(message, "confirm"))

    async def confirm(self) -> None:
        """One tap."""
        await self.phone.choose("confirm")
        await self.phone.wait_for(lambda message: "document" in message["content"])

    async def remind(self) -> None:
        """The day before, and two hours before."""
        for before in (timedelta(days=1), timedelta(hours=2)):
            await self._jump(self._starts_at - before + timedelta(minutes=1))

    async def check_in(self) -> None:
        """Collector and officer open the visit and tell where they are."""
        await self._jump(self._starts_at - EARLY)
        for phone in (self.collector, self.officer):
            await phone.say("/today")
            await phone.choose("visit")
            await phone.choose("check_in")
            await phone.settled()
            await phone.share_location(self.customer.latitude or 0.0, self.customer.longitude or 0.0)
        for _ in range(3):
            await self.officer.choose("good")
        await self.officer.wait_for(lambda message: offers(message, "check_out"))
        await self.collector.choose("next")

    async def talk(self) -> None:
        """At the door."""
        await interview(self.collector, self.phone, self._due_on)

    async def check_out(self) -> None:
        """The officer is out, too, and says how it was."""
        await self.officer.choose("check_out")
        await self.officer.choose("calm")

    async def agree(self) -> None:
        """The promise is in the customer's own chat."""
        await self.phone.wait_for(lambda message: offers(message, "paid"))

    async def pay(self) -> None:
        """The money comes a day early; the day itself passes in silence."""
        zone = ZoneInfo(self.customer.zone)
        await self._jump(datetime.combine(self._due_on - timedelta(days=1), time(11), zone))
        await record_payment(self._inst, str(self.customer.case), Decimal(150))
        await self._jump(datetime.combine(self._due_on, time(11), zone))
