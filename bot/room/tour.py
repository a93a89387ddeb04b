"""The guided tour: the scenes of `cast.py` played one after the other, at a pace to read along."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from bot.errors import DoorstepError, InputRefused
from bot.i18n.text import T
from bot.room.cast import Cast
from bot.room.people import STAFF, Person
from bot.sandbox.phone import NotSeen, Phone
from bot.service.installation import Installation
from bot.store import cases, visits
from flows.script import Text

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
CUSTOMER, COLLECTOR, OFFICER = "customer", "collector", "safety_officer"


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

    async def _play(self, cast: Cast, language: str) -> None:
        scenes = cast.scenes()
        try:
            for step, scene in enumerate(scenes, start=1):
                caption = self._say(scene.caption, language, name=cast.customer.name)
                told = {
                    "state": "playing",
                    "caption": caption,
                    "step": step,
                    "of": len(scenes),
                    "chats": cast.chats,
                }
                await self._tell(told)
                await asyncio.sleep(STEP)
                await scene.act()
        except (NotSeen, DoorstepError):
            await self._tell({"state": "stopped", "caption": self._say(STUCK, language)})
        else:
            await self._tell({"state": "done", "caption": self._say(DONE, language)})

    async def _tell(self, change: dict[str, Any]) -> None:
        self._state = {**self._state, **change}
        await self._moved()

    def _say(self, text: Text, language: str, **values: str) -> str:
        words = self._inst.catalogues.text(language, text.context, text.msgid)
        return words.format_map(values) if values else words

    async def _cast(self, people: Sequence[Person], language: str) -> Cast:
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

    def _with_team(self, customer: Person, starts_at: datetime) -> Cast:
        team = {one.role: one.id for one in STAFF if one.zone == customer.zone}
        collector, officer = (self._phone(team[role]) for role in (COLLECTOR, OFFICER))
        return Cast(self._inst, customer, self._phone(customer.id), collector, officer, starts_at, self._jump)
