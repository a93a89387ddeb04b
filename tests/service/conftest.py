"""The real services on a real database, with people's phones in the same process and a clock that stands still."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import open_installation, prepare
from bot.documents.safe_csv import csv_file
from bot.drafting.rehearsal import Rehearsal
from bot.sandbox.hands import DEEDS
from bot.sandbox.house import house
from bot.sandbox.refusal import Refusal
from bot.service.desk.files.findings import Paper, Report
from bot.service.desk.files.intake import import_file
from bot.service.desk.invites import customer_links
from bot.service.installation import Installation
from bot.settings import Settings
from bot.twin.machine import StillClock
from tests.walked import note, walked

__all__ = ["walked"]  # a fixture

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


class Town(Rehearsal):
    """A rehearsal in which tests take cases in, lose files on their way, and look what was not heard yet."""

    def __init__(self, inst: Installation, clock: StillClock, folder: Path) -> None:
        super().__init__(inst, clock)
        object.__setattr__(inst, "watch", note)
        self._folder = folder

    async def writes_unheard(self, chat_id: int, text: str) -> None:
        """Write something that is answered, and the answer has not left yet."""
        DEEDS["say"](self.world, self.world.chat(chat_id), {"text": text})
        await self.handle()

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


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with its key and an empty database, to be copied: migrating takes longer than most tests."""
    folder = tmp_path_factory.mktemp("prepared")
    asyncio.run(prepare(Settings(data_dir=folder, _env_file=None)))
    return folder


@pytest.fixture
async def postgres(tmp_path: Path, postgres_url: str) -> AsyncIterator[Town]:
    """The same on PostgreSQL."""
    settings = house(tmp_path).model_copy(update={"database_url": postgres_url})
    await prepare(settings)
    async with open_installation(settings) as inst:
        yield Town(inst, StillClock(START), tmp_path)


@pytest.fixture
async def town(tmp_path: Path, prepared: Path) -> AsyncIterator[Town]:
    """A town on a Monday morning."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    settings = Settings(
        data_dir=tmp_path, creditor="Harbour Bank", contact="+44 20 7946 0000", _env_file=None
    )
    async with open_installation(settings, at_once=True) as inst:
        clock = StillClock(START)
        with suppress(Refusal):
            yield Town(inst, clock, tmp_path)
