"""Evidence through a dying process: kill -9 while it is fetched, written and confirmed; then it is there once."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import open_installation, prepare
from bot.sandbox.faults import DOWNLOAD, Fault
from bot.sandbox.narrator import Narrator
from bot.sandbox.stage import Stage, open_stage
from bot.sandbox.story import ZONES
from bot.settings import Settings
from bot.twin.machine import StillClock
from tests.service.conftest import START, Town
from tests.service.test_on_the_doorstep import COLLECTOR, SCHEDULER, interviewing

CASE = "A-1"

# Where the process dies: in the middle of a file, before its first byte, before it says that something came, and while
# it says that it is kept.
POINTS = (
    Fault("drop_after", DOWNLOAD),
    Fault("drop_before", DOWNLOAD),
    Fault("drop_before", "sendMessage", COLLECTOR, containing="fetching it now"),
    Fault("drop_after", "editMessageText", COLLECTOR, containing="Kept: photo"),
)


def photo(size: int = 1_000_000) -> bytes:
    """Return a photo, new each time."""
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
    return head + os.urandom(size - len(head))


@pytest.fixture
async def visit(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage on which a collector is in the middle of a visit, the bot not yet started."""
    settings = Settings(
        data_dir=tmp_path / "data", creditor="Harbour Bank", contact="+44 20 7946 0000", _env_file=None
    )
    await prepare(settings)
    async with open_installation(settings) as inst:
        clock = StillClock(START)
        town = Town(inst, clock, tmp_path)
        await interviewing(town)
    with (tmp_path / "told.txt").open("w", encoding="utf-8") as told:
        async with open_stage(tmp_path, clock.instant, Narrator(ZONES["en"], told.write)) as stage:
            theirs = stage.server.world  # goes on from the phones as they are
            theirs.chats, theirs.files = town.world.chats, town.world.files
            theirs.count_from(town.world.numbers())
            stage.patience = 60.0  # a slow machine may take its time to start again
            yield stage


def hash_of(content: bytes) -> str:
    """Return the hash as it is shown to a scheduler."""
    return hashlib.sha256(content).hexdigest()


async def test_killed_while_photos_come_in(visit: Stage, tmp_path: Path) -> None:
    """Killed at any point every photo is kept once, byte for byte, and its sender reads so of each.

    What was on its way to one of the team when it died may come twice: `bot/telegram/outcomes.py` says why.
    """
    cora, photos, reaped = (
        visit.phone(COLLECTOR, "Cora Lane"),
        [photo() for _ in POINTS],
        list[asyncio.Task[None]](),
    )

    async def reap() -> None:
        await visit.kill_bot()
        await visit.start_bot()

    await visit.start_bot()
    for strike, content in zip(POINTS, photos, strict=True):
        strike.on_strike = lambda: reaped.append(asyncio.ensure_future(reap()))
        visit.server.faults.append(strike)
        await cora.send_photo(content)
        await cora.wait_for(hash_of(content)[:8])
        await asyncio.gather(*reaped)

    assert len(reaped) == len(POINTS), "it was killed each time"
    rows = [row for row in await visit.listed("evidence", "list", CASE) if row["kind"] == "photo"]
    assert [(row["state"], row["sha256"]) for row in rows] == [("kept", hash_of(one)) for one in photos]
    await visit.doorstep("evidence", "get", str(rows[0]["id"]), "--out", str(tmp_path / "photo.jpg"))
    assert (tmp_path / "photo.jpg").read_bytes() == photos[0]
    kept = [file.name for file in (visit.folder / "data" / "evidence").rglob("*") if file.is_file()]
    assert sorted(kept) == sorted(str(row["id"]) for row in rows)
    said = [one.shown for one in visit.server.world.chat(COLLECTOR).messages if one.by_bot]
    kept_hashes = {text.rpartition("SHA-256 ")[2][:8] for text in said if text.startswith("Kept: photo")}
    assert kept_hashes == {hash_of(one)[:8] for one in photos}


async def test_an_original_of_20_mb_comes_back(visit: Stage) -> None:
    """The running bot keeps 20 MB and hands them back to a scheduler as the document that they were."""
    large = photo(20 * 1024 * 1024)
    await visit.start_bot()
    cora, sam = visit.phone(COLLECTOR, "Cora Lane"), visit.phone(SCHEDULER, "Sam Reed")
    await cora.send_file("paper.jpg", large)
    await cora.wait_for("20.0 MB")
    await sam.say(f"/case {CASE}")
    await sam.tap("Evidence")
    await sam.tap("1")

    await sam.wait_for(hash_of(large))
    message = visit.server.world.chat(SCHEDULER).messages[-1]
    assert message.content["data"] == large
    assert await visit.stop_bot() == 0
