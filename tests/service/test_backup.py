"""A backup: taken while things happen, proven when it is put back, into either kind of database."""

import asyncio
import json
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.app import open_installation, prepare, put_back
from bot.cli import app
from bot.errors import DoorstepError, InputRefused, KeyUnusable, StoreNewer
from bot.service.archive.backup import back_up
from bot.service.archive.verify import verify
from bot.service.conversations.batch import Batch
from bot.service.desk.planning.plan import approve, propose
from bot.service.desk.queue.chat import queue_rows
from bot.service.inbound import timers
from bot.service.outbound import delivery
from bot.settings import Settings
from bot.store import copying
from bot.store.engine import Store
from bot.store.tables import metadata
from tests.service.conftest import Town
from tests.service.test_evidence import JPEG, content, sends
from tests.service.test_on_the_doorstep import COLLECTOR, interviewing

Rows = dict[str, list[Any]]


def elsewhere(town: Town, folder: Path, url: str = "") -> Settings:
    """Return the settings of another machine that was given the key."""
    folder.mkdir()
    shutil.copy(town.inst.settings.key_file, folder / "key")
    return town.inst.settings.model_copy(update={"data_dir": folder, "database_url": url})


async def everything(store: Store) -> Rows:
    """Return all rows of all tables, whatever order the database keeps them in."""
    async with store.read() as tx:
        return {
            name: sorted(map(plain, (await tx.execute(select(metadata.tables[name]))).all()))
            for name in copying.shapes()
        }


def plain(row: Any) -> str:
    """Return a row as text."""
    return json.dumps(list(row), sort_keys=True, default=repr)


async def rows_at(settings: Settings) -> Rows:
    """Return all rows of an installation."""
    async with open_installation(settings) as inst:
        return await everything(inst.store)


async def lived(town: Town) -> bytes:
    """Let a visit come as far as a photo; return it."""
    await interviewing(town)
    photo = content(JPEG)
    await sends(town, COLLECTOR, "document", photo, mime_type="image/jpeg")
    return photo


async def test_everything_comes_back(town: Town, tmp_path: Path) -> None:
    """Rows, originals and the lender's own files are on the new machine as they were, and the log is whole."""
    await lived(town)
    town.inst.settings.own_packs.mkdir()
    (town.inst.settings.own_packs / "signed.txt").write_text("read by our reviewer\n")
    made = await back_up(town.inst, tmp_path / "all.zip")
    before = await everything(town.inst.store)
    there = elsewhere(town, tmp_path / "new")

    found = await put_back(there, tmp_path / "all.zip")
    after = await rows_at(there)

    assert after == before
    assert (found.rows, found.files) == (made.rows, made.files)
    assert found.rows == sum(map(len, before.values()))
    kept = {file.relative_to(tmp_path) for file in town.inst.settings.evidence.rglob("*") if file.is_file()}
    assert kept
    assert all((there.data_dir / one).read_bytes() == (tmp_path / one).read_bytes() for one in kept)
    assert (there.own_packs / "signed.txt").read_text() == "read by our reviewer\n"
    async with open_installation(there) as inst:
        assert (await verify(inst)).fault is None


@pytest.mark.postgres
async def test_it_moves_to_a_server_and_back(town: Town, tmp_path: Path, postgres_url: str) -> None:
    """What was on SQLite is the same on PostgreSQL, goes on there, and is the same on SQLite again."""
    await lived(town)
    await back_up(town.inst, tmp_path / "file.zip")
    before = await everything(town.inst.store)
    there, back = elsewhere(town, tmp_path / "server", postgres_url), elsewhere(town, tmp_path / "back")

    await put_back(there, tmp_path / "file.zip")
    async with open_installation(there) as inst:
        assert await everything(inst.store) == before
        await back_up(inst, tmp_path / "server.zip")
        assert (await verify(inst)).fault is None
        moved = await everything(inst.store)
    await put_back(back, tmp_path / "server.zip")

    assert await rows_at(back) == moved
    assert len(moved["audit"]) == len(before["audit"]) + 1


async def test_it_is_of_one_instant(town: Town, tmp_path: Path) -> None:
    """What happens while a backup is written is in it whole or not at all."""

    async def busy() -> None:
        for number in range(40):
            await town.cases(f"B-{number}")

    work = asyncio.create_task(busy())
    await asyncio.sleep(0.05)
    await back_up(town.inst, tmp_path / "all.zip")
    was_busy = not work.done()
    await work
    there = elsewhere(town, tmp_path / "new")
    await put_back(there, tmp_path / "all.zip")

    rows = await rows_at(there)
    cases, keys = len(rows["cases"]), sum('"case:' in one for one in rows["keys"])
    assert was_busy
    assert cases == keys < 40
    async with open_installation(there) as inst:
        assert (await verify(inst)).fault is None


async def test_what_was_due_is_left_to_a_person(town: Town, tmp_path: Path) -> None:
    """A message that may have gone out since the backup is not sent again by itself: it comes into the queue."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.enrol(904, link)
    await propose(town.inst)
    async with town.inst.store.begin() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        await batch.load([])
        await approve(batch)
    await timers.fire_due(town.inst)
    await back_up(town.inst, tmp_path / "all.zip")
    there = elsewhere(town, tmp_path / "new").model_copy(update={"clock": tmp_path / "now"})
    (tmp_path / "now").write_text(town.clock.now().isoformat())
    there = there.model_copy(update={"api_url": "http://127.0.0.1:9"})

    found = await put_back(there, tmp_path / "all.zip")
    async with open_installation(there) as inst:
        await delivery.recover(inst)
        waiting = await queue_rows(inst)

    assert found.doubtful == 1
    assert [item["kind"] for item in waiting] == ["unknown_delivery"]


def spoiled(path: Path, way: str) -> None:
    """Change a backup."""
    with ZipFile(path) as file:
        files = {name: file.read(name) for name in file.namelist()}
    manifest = json.loads(files["manifest.json"])
    if way == "changed":
        files["tables/audit.jsonl"] = files["tables/audit.jsonl"].replace(b"cli", b"clj", 1)
    elif way == "left out":
        del files["tables/audit.jsonl"]
    elif way == "newer":
        manifest["schema"] = "9999"
    elif way == "nothing said":
        manifest["tables"] = [{"rows": 1}]
    elif way == "another kind":
        manifest["format"] = "doorstep-export/1"
    files["manifest.json"] = json.dumps(manifest).encode()
    with ZipFile(path, "w") as file:
        for name, content_ in files.items():
            file.writestr(name, content_)
    if way == "cut":
        path.write_bytes(path.read_bytes()[:-200])


@pytest.mark.parametrize(
    ("way", "error", "says"),
    [
        ("changed", InputRefused, "tables/audit.jsonl is not what was packed"),
        ("left out", InputRefused, "does not have the files"),
        ("nothing said", InputRefused, "lacks what a backup has"),
        ("cut", InputRefused, "cut short"),
        ("another kind", InputRefused, "no doorstep-backup/1 file"),
        ("newer", StoreNewer, "newer Doorstep"),
    ],
)
async def test_a_spoiled_one_is_refused(
    town: Town, tmp_path: Path, way: str, error: type[DoorstepError], says: str
) -> None:
    """A backup that is not whole leaves the new place as empty as it was, and says why."""
    await back_up(town.inst, tmp_path / "all.zip")
    spoiled(tmp_path / "all.zip", way)
    there = elsewhere(town, tmp_path / "new")

    with pytest.raises(error, match=says):
        await put_back(there, tmp_path / "all.zip")

    with suppress(DoorstepError):
        pytest.fail(f"there is a database: {await rows_at(there)}")


async def test_another_key_is_refused(town: Town, tmp_path: Path) -> None:
    """Without the key that it was made with a backup is of no use, and nothing is put anywhere."""
    await town.cases("A-1")
    await back_up(town.inst, tmp_path / "all.zip")
    there = elsewhere(town, tmp_path / "new")
    other = Settings(data_dir=tmp_path / "other", _env_file=None)
    await prepare(other)
    shutil.copy(other.key_file, there.key_file)

    with pytest.raises(KeyUnusable, match="the one it was made with"):
        await put_back(there, tmp_path / "all.zip")
    shutil.copy(town.inst.settings.key_file, there.key_file)
    await put_back(there, tmp_path / "all.zip")


async def test_nothing_is_written_over(town: Town, tmp_path: Path) -> None:
    """Where there is a database already, it stays."""
    await back_up(town.inst, tmp_path / "all.zip")
    before = await everything(town.inst.store)

    with pytest.raises(InputRefused, match="There is a database already"):
        await put_back(town.inst.settings, tmp_path / "all.zip")

    assert await everything(town.inst.store) == before


async def test_an_older_one_is_brought_up_to_date(town: Town, tmp_path: Path) -> None:
    """A backup of an older version is put into the schema of its time, and that goes on to today's."""
    await back_up(town.inst, tmp_path / "all.zip")
    with ZipFile(tmp_path / "all.zip") as file:
        files = {name: file.read(name) for name in file.namelist()}
    manifest = json.loads(files["manifest.json"])
    manifest["schema"] = "0001"
    manifest["tables"] = [one for one in manifest["tables"] if one["name"] == "keys"]
    files["manifest.json"] = json.dumps(manifest).encode()
    with ZipFile(tmp_path / "all.zip", "w") as file:
        for name, kept in files.items():
            file.writestr(name, kept)
    there = elsewhere(town, tmp_path / "new")

    await put_back(there, tmp_path / "all.zip")

    rows = await rows_at(there)
    assert rows["keys"] == (await everything(town.inst.store))["keys"]
    assert rows["baselines"] == []


def test_the_commands(tmp_path: Path, prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`backup` and `restore` say what they did, and `restore` that the log is whole."""
    shutil.copytree(prepared, tmp_path / "old")
    (tmp_path / "new").mkdir()
    shutil.copy(prepared / "key", tmp_path / "new" / "key")
    file = str(tmp_path / "all.zip")

    monkeypatch.setenv("DOORSTEP_DATA_DIR", str(tmp_path / "old"))
    made = CliRunner().invoke(app, ["backup", file])
    monkeypatch.setenv("DOORSTEP_DATA_DIR", str(tmp_path / "new"))
    back = CliRunner().invoke(app, ["restore", file])

    assert (made.exit_code, back.exit_code) == (0, 0)
    assert "The key is" not in made.output
    assert "Keep a copy of the key elsewhere" in made.output
    assert "The log is whole: 1 lines in 1 chains" in back.output
