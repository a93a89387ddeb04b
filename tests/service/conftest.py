"""The real services on a real database, with people's phones in the same process and a clock that stands still."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_installation, prepare
from bot.clock import Clock
from bot.documents.safe_csv import csv_file
from bot.errors import RetryLater
from bot.sandbox.hands import DEEDS
from bot.sandbox.methods import METHODS
from bot.sandbox.refusal import Refusal
from bot.sandbox.world import Chat, Message, World
from bot.service.archive import their_data_work
from bot.service.conversations.batch import Batch
from bot.service.desk.evaluation import work as evaluation_work
from bot.service.desk.files import work as import_work
from bot.service.desk.files.findings import Paper, Report
from bot.service.desk.files.intake import import_file
from bot.service.desk.invites import customer_links, invite_staff
from bot.service.desk.planning.plan import approve, propose
from bot.service.desk.planning.planner import make_waiting
from bot.service.desk.reminders import previews
from bot.service.field import pack_work, report_work
from bot.service.field.evidence import originals
from bot.service.field.evidence import work as evidence_work
from bot.service.inbound import inbox, timers
from bot.service.installation import Installation
from bot.service.outbound import delivery
from bot.service.outbound.outgoing import Call, Lane, Outgoing, Result, State
from bot.service.solutions import paper_work
from bot.settings import Settings
from bot.telegram.client import _error
from bot.telegram.decode import decode
from bot.telegram.intake import raw_of

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)  # a Monday
COLUMNS = (
    "case_ref",
    "name",
    "phone",
    "id_last4",
    "language",
    "jurisdiction",
    "timezone",
    "address",
    "product",
)
HEADER = ",".join((*COLUMNS, "currency", "outstanding", "overdue_since"))
ROW = '+442079460101,482X,en,UK,Europe/London,"12 Elm Grove, London",credit card,GBP,1240.50,2026-11-02'


class StillClock(Clock):
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.instant = START

    def now(self) -> datetime:
        return self.instant


class Town:
    """An installation and the people around it."""

    def __init__(self, inst: Installation, clock: StillClock, folder: Path) -> None:
        self.inst = inst
        self.clock = clock
        self.world = World(clock.now)
        self._folder = folder
        self.losing = 0
        self._left_over = False  # an update failed and waits for its next attempt
        self.chats = {"scheduler": 901, "collector": 902, "safety_officer": 903}

    # -- what people do

    async def does(self, chat_id: int, deed: str, **given: Any) -> None:
        """Do something on a phone and let everything come of it."""
        DEEDS[deed](self.world, self.world.chat(chat_id), given)
        await self.settle()

    async def says(self, chat_id: int, text: str) -> None:
        """Write something."""
        await self.does(chat_id, "say", text=text)

    async def writes_unheard(self, chat_id: int, text: str) -> None:
        """Write something that is answered, and the answer has not left yet."""
        DEEDS["say"](self.world, self.world.chat(chat_id), {"text": text})
        await self._take_in()

    async def taps(self, chat_id: int, option: str, *, times: int = 1) -> None:
        """Tap the newest button of an option or action."""
        message, data = self.button(chat_id, option)
        await self.does(chat_id, "tap", message_id=message.message_id, data=data, times=times)

    def button(self, chat_id: int, option: str) -> tuple[Message, str]:
        """Return the newest message that offers an option, and what its button carries."""
        for message in reversed(self.world.chat(chat_id).messages):
            for button in message.buttons():
                data = button["callback_data"]
                if option in (data.rpartition(":")[2], data.partition(":")[0]):
                    return message, data
        raise AssertionError(f"nothing offers {option}: {self.said(chat_id)[-1:]}")

    def chat(self, chat_id: int) -> Chat:
        """Return a phone's chat."""
        return self.world.chat(chat_id)

    def said(self, chat_id: int) -> list[str]:
        """Return what the bot said in a chat."""
        return [one.shown for one in self.world.chat(chat_id).messages if one.by_bot]

    # -- what comes of it

    async def settle(self) -> None:
        """Let updates, timers and messages run until nothing is left to do at this moment."""
        for _ in range(50):
            quick = await self._take_in() + (await timers.fire_due(self.inst)).timers + await self._deliver()
            if not quick and not await self._work():
                return

    async def _work(self) -> bool:
        """Let each of the workers that take their time do one thing; return whether there was any."""
        busy = await make_waiting(self.inst) + await previews.work(self.inst)
        busy += await import_work.work(self.inst, self._download) + await report_work.work(self.inst)
        busy += await pack_work.work(self.inst) + await paper_work.work(self.inst)
        busy += await their_data_work.work(self.inst) + await evaluation_work.work(self.inst)
        return bool(busy + await evidence_work.work(self.inst, self.fetch))

    async def _download(self, file_ref: str) -> bytes:
        return self.world.files[file_ref]

    async def fetch(self, file_ref: str) -> AsyncGenerator[bytes]:
        """Give a file as Telegram does, piece by piece; `losing` of them are cut off half-way."""
        self.world.calls["fetch"] += 1
        try:
            METHODS["getFile"](self.world, {"file_id": file_ref})
        except Refusal as refusal:
            raise _error(refusal.code, refusal.description, {}) from None
        content = self.world.files[file_ref]
        for start in range(0, len(content), 100_000):
            if self.losing and start >= len(content) // 2:
                self.losing -= 1
                raise RetryLater("no connection", 1)
            yield content[start : start + 100_000]

    async def _take_in(self) -> int:
        updates, self.world.updates = self.world.updates, []
        if not updates and not self._left_over:
            return 0
        await inbox.keep(self.inst, [raw_of(one) for one in updates])
        handled = await inbox.handle_batch(self.inst, decode)
        self._left_over = handled.again
        return handled.updates

    async def _deliver(self) -> int:
        rows = await delivery.claim(self.inst, 64, list(Lane))
        for row in rows:
            leaves = not row.contact or await delivery.mark(self.inst, [row.id])
            result = (
                self._call(row, await self._whole(row.call)) if leaves else Result(row.id, State.WITHDRAWN)
            )
            if result.state is State.FAILED and "blocked" in (result.fault or ""):
                await delivery.unreachable(self.inst, row.chat_id, "blocked")
            await delivery.settle(self.inst, [result])
        return len(rows)

    async def _whole(self, call: Call) -> Call:
        return call if call.original is None else await originals.attach(self.inst, call)

    def _call(self, row: Outgoing, call: Call) -> Result:
        params = {**call.payload, **(call.files or {})}
        try:
            answer = METHODS[call.method](self.world, params)
        except Refusal as refusal:
            return Result(row.id, State.FAILED, fault=refusal.description)
        message_id = answer.get("message_id") if isinstance(answer, dict) else None
        return Result(row.id, State.SENT, message_id=message_id)

    async def jump(self, **by: float) -> None:
        """Move the clock."""
        self.clock.instant += timedelta(**by)
        await self.settle()

    # -- how things begin

    async def staff(self) -> None:
        """Sign a scheduler, a collector and a safety officer in."""
        for role, chat_id in self.chats.items():
            token = await invite_staff(self.inst, role=role, name=f"The {role}", badge=role[:2], locale="en")
            await self.does(chat_id, "open", payload=token)

    async def cases(self, *refs: str) -> list[str]:
        """Take cases in; return the payloads of their links."""
        await self.take_in(HEADER, *(f"{ref},Ada Finch,{ROW}" for ref in refs))
        return [link.token for link in (await customer_links(self.inst)).links]

    async def take_in(self, *lines: str) -> None:
        """Take a table of cases in."""
        path = self._folder / "cases.csv"
        path.write_text("\n".join(lines), "utf-8")
        nowhere = Paper(lambda: csv_file(self._folder / "returned.csv"))
        await import_file(self.inst, path, Report(self.inst, "en", nowhere, nowhere))

    async def enrol(self, chat_id: int, payload: str) -> None:
        """Let a customer open their link and show who they are."""
        await self.does(chat_id, "open", payload=payload)
        await self.taps(chat_id, "en")
        await self.says(chat_id, "482X")

    async def plan(self) -> None:
        """Plan and approve visits."""
        await propose(self.inst)
        async with self.inst.store.begin() as tx:
            batch = Batch(self.inst, tx, self.clock.now())
            await batch.load([])
            await approve(batch)
        await self.settle()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with its key and an empty database, to be copied: migrating takes longer than most tests."""
    folder = tmp_path_factory.mktemp("prepared")
    asyncio.run(prepare(Settings(data_dir=folder, _env_file=None)))
    return folder


@pytest.fixture
async def town(tmp_path: Path, prepared: Path) -> AsyncIterator[Town]:
    """A town on a Monday morning."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    settings = Settings(
        data_dir=tmp_path, creditor="Harbour Bank", contact="+44 20 7946 0000", _env_file=None
    )
    async with open_installation(settings) as inst:
        clock = StillClock()
        object.__setattr__(inst, "clock", clock)
        with suppress(Refusal):
            yield Town(inst, clock, tmp_path)
