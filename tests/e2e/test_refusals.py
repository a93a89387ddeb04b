"""What the bot says when it cannot run, and how it ends: real processes."""

import asyncio
import resource
import sqlite3
import sys

import openpyxl
import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.stage import Stage

GUEST = 555
HEADER = "case_ref,name,phone,id_last4,jurisdiction,timezone,address,currency,outstanding,overdue_since"
ROW = "G-1,王小明,+8613800138000,1234,CN,Asia/Shanghai,上海市静安区南京西路一号,CNY,1000.00,2026-11-02"


async def _refused(stage: Stage, *words: str) -> str:
    """Run a command that must be refused with exit code 1; return what it said, which is no traceback."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        env=stage.environment,
        cwd=stage.folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        out, err = await process.communicate()
    told = (out + err).decode()
    assert process.returncode == 1, told
    assert "Traceback" not in told
    assert "Unclosed" not in told
    return told


async def _polls(stage: Stage) -> None:
    """Wait until the bot polls."""
    world = stage.server.world
    before = world.calls["getUpdates"]
    async with asyncio.timeout(60), world.changed:
        await world.changed.wait_for(lambda: world.calls["getUpdates"] > before)


@pytest.mark.parametrize("token", [None, "", "  ", "my token", "https://t.me/my_bot"])
async def test_without_a_token_it_says_where_to_get_one(stage: Stage, token: str | None) -> None:
    """A missing token, an empty one, and what is none are refused, with what to do."""
    del stage.environment["DOORSTEP_TOKEN"]
    if token is not None:
        stage.environment["DOORSTEP_TOKEN"] = token

    told = await _refused(stage, "run")

    assert "DOORSTEP_TOKEN" in told
    assert "BotFather" in told


async def test_a_token_that_telegram_does_not_know_is_refused(stage: Stage) -> None:
    """A wrong token is refused, and is not repeated."""
    await stage.doorstep("init")
    stage.environment["DOORSTEP_TOKEN"] = "7000000001:a-token-that-nobody-may-see"

    told = await _refused(stage, "run")

    assert "BotFather" in told
    assert "nobody-may-see" not in told


async def test_before_init_it_says_what_to_run(stage: Stage) -> None:
    """A fresh folder, and a database without tables, are refused with the command that makes them."""
    assert "doorstep init" in await _refused(stage, "run")
    (stage.folder / "data").mkdir(exist_ok=True)
    assert "doorstep init" in await _refused(stage, "run")


async def test_a_second_run_on_the_same_file_is_refused(stage: Stage) -> None:
    """While one bot works on a file another is turned away; after the first was killed it may work."""
    await stage.doorstep("init")
    await stage.start_bot()
    await _polls(stage)

    assert "Another `doorstep run`" in await _refused(stage, "run")

    await stage.kill_bot()
    await stage.start_bot()
    await _polls(stage)
    assert await stage.stop_bot() == 0


async def test_stopping_finishes_what_is_on_its_way(stage: Stage) -> None:
    """On SIGTERM a message in flight is finished and written down: exit 0, and the next start does not repeat it."""
    await stage.doorstep("init")
    await stage.start_bot()
    guest = stage.phone(GUEST, "a guest")
    stage.server.faults.append(Fault("delay", "sendMessage", GUEST, seconds=1.0))
    await guest.open()
    world = stage.server.world
    async with asyncio.timeout(60):
        while not world.calls["sendMessage"]:
            await guest.look(wait=0.05)

    assert await stage.stop_bot() == 0
    said = [one.shown for one in world.chat(GUEST).messages if one.by_bot]
    assert len(said) == 1

    await stage.start_bot()
    await guest.say("/help")
    await guest.wait_for(lambda message: message["text"] != said[0])
    assert await stage.stop_bot() == 0
    assert [one.shown for one in world.chat(GUEST).messages if one.by_bot].count(said[0]) == 1


@pytest.mark.parametrize("words", [("run", "--webhook-url", "https://bot.example")])
async def test_a_webhook_wants_a_secret(stage: Stage, words: tuple[str, ...]) -> None:
    """Without a secret nobody could tell Telegram's posts from others: refused, with what to set."""
    await stage.doorstep("init")

    assert "DOORSTEP_WEBHOOK_SECRET" in await _refused(stage, *words, "--port", "0")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16"])
async def test_a_file_in_another_encoding_is_read(stage: Stage, encoding: str) -> None:
    """A spreadsheet's CSV in GBK, or with a mark at its beginning, is taken with every letter right."""
    await stage.doorstep("init")
    (stage.folder / "in.csv").write_bytes(f"{HEADER}\n{ROW}\n".encode(encoding))

    assert "1 added" in await stage.doorstep("import", "in.csv")
    assert (await stage.listed("case", "G-1"))["name"] == "王小明"


async def test_merged_cells_are_refused_row_by_row(stage: Stage) -> None:
    """In a workbook only the rows that share a cell are left out, and it is said what to do with them."""
    await stage.doorstep("init")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (HEADER, ROW, ROW.replace("G-1", "G-2"), ROW.replace("G-1", "G-3")):
        sheet.append(cells.split(","))
    sheet.merge_cells("G3:G4")
    book.save(stage.folder / "in.xlsx")

    told = await stage.doorstep("import", "in.xlsx")

    assert "1 added" in told
    assert "2 rejected" in told
    assert "row 3, address" in told
    assert "unmerge it" in told


async def test_a_database_of_a_newer_version_is_left_alone(stage: Stage) -> None:
    """What a later version made is neither used nor changed; every command says what to do."""
    await stage.doorstep("init")
    file = next((stage.folder / "data").glob("*.sqlite3"))
    with sqlite3.connect(file) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()

    for words in (("run",), ("init",), ("cases",)):
        assert "made by a newer Doorstep" in await _refused(stage, *words)


def _limit_files(pid: int, bytes_each: int) -> None:
    """Let no file of a process grow beyond this: to the process it is as a full disk."""
    _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (bytes_each, most))


async def test_a_full_disk_loses_nothing(stage: Stage) -> None:
    """While nothing can be kept, nothing is confirmed; once there is room again everything is answered, once."""
    await stage.doorstep("init")
    await stage.start_bot()
    await _polls(stage)
    assert stage._bot is not None
    pid = stage._bot.pid
    guest = stage.phone(GUEST, "a guest")
    world = stage.server.world
    _limit_files(pid, 8192)
    for number in range(3):
        await guest.say(f"/start {number}")
    log = stage.folder / "bot.log"
    async with asyncio.timeout(60):
        while b"free some space" not in log.read_bytes():
            await guest.look(wait=0.2)

    assert len(world.updates) == 3
    assert not [one for one in world.chat(GUEST).messages if one.by_bot]
    _limit_files(pid, resource.RLIM_INFINITY)
    async with asyncio.timeout(60):
        while sum(one.by_bot for one in world.chat(GUEST).messages) < 3:
            await guest.look(wait=0.2)
    assert await stage.stop_bot() == 0
    assert sum(one.by_bot for one in world.chat(GUEST).messages) == 3
