"""A case as one file: complete, the same bytes for the same record, and checked by nothing but Python."""

import ast
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from bot.check import line_hash
from bot.documents.bundle import Bundle
from bot.errors import InputRefused
from bot.service.archive.export import export_case, pack
from bot.service.archive.gather import gather
from bot.service.archive.heads import close_day
from bot.service.archive.verify import verify
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.look import audit_list, id_of
from tests.service.conftest import Town
from tests.service.test_evidence import JPEG, content, sends
from tests.service.test_on_the_doorstep import COLLECTOR, interviewing

STANDARD = {"__future__", "hashlib", "json", "os", "sys", "zipfile", "dataclasses", "typing"}
Files = dict[str, bytes]


async def lived(town: Town) -> bytes:
    """Let a case be visited, with a photo as evidence, over the end of a day; return the photo."""
    await interviewing(town)
    photo = content(JPEG)
    await sends(town, COLLECTOR, "document", photo, mime_type="image/jpeg")
    await town.jump(days=1)
    await close_day(town.inst)
    return photo


@pytest.fixture
async def exported(town: Town, tmp_path: Path) -> Path:
    """Export a case that has lived."""
    await lived(town)
    await export_case(town.inst, "A-1", tmp_path / "A-1.zip", "en")
    return tmp_path / "A-1.zip"


def unpacked(path: Path) -> Files:
    """Return the files of an export."""
    with ZipFile(path) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def mode_of(path: Path) -> int:
    """Return who may do what with a file."""
    return path.stat().st_mode & 0o777


def run(*command: Any) -> tuple[int, str]:
    """Run Python in isolation; return how it ends."""
    command = (sys.executable, "-I", "-S", *command)
    done = subprocess.run(command, env={}, cwd="/", capture_output=True, check=False)
    assert done.stderr == b""
    return done.returncode, done.stdout.decode()


def check(folder: Path, files: Files) -> tuple[int, str]:
    """Write the files into a new folder and have its checker look at them, isolated; return how it ends."""
    place = folder / f"unpacked-{len(list(folder.iterdir()))}"
    for name, data in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    return run(place / "check.py")


async def test_everything_is_in_it(town: Town, tmp_path: Path) -> None:
    """History, messages, verdicts, report, original and log are in it, and the log says who exported."""
    photo = await lived(town)

    packed = await export_case(town.inst, "A-1", tmp_path / "out.zip", "zh_Hant")

    files = unpacked(tmp_path / "out.zip")
    assert [one.name for one in packed] == list(files)
    assert {
        "README.txt",
        "audit.json",
        "case.json",
        "check.py",
        "manifest.json",
        "messages.json",
    } <= files.keys()
    assert files["reports/visit-1.pdf"].startswith(b"%PDF")
    originals = [data for name, data in files.items() if name.startswith("originals/")]
    assert photo in originals
    assert any("Harbour Bank" in one["html"] for one in json.loads(files["messages.json"]))
    assert "證據" in files["timeline.txt"].decode() or "原始檔" in files["timeline.txt"].decode()
    assert json.loads(files["audit.json"])["lines"][-1]["kind"] == "case.exported"
    assert json.loads(files["case.json"])["name"] == "Ada Finch"
    listed = await audit_list(town.inst, "A-1")
    assert (listed[-1]["actor"], listed[-1]["kind"]) == ("cli", "case.exported")


async def test_the_file_is_for_its_owner_and_never_takes_anothers_place(exported: Path, town: Town) -> None:
    """Nobody else may read it, and a file that is there is not written over."""
    assert mode_of(exported) == 0o600
    with pytest.raises(InputRefused, match="choose another name"):
        await export_case(town.inst, "A-1", exported, "en")


async def test_the_same_record_makes_the_same_bytes(town: Town, tmp_path: Path) -> None:
    """Packed twice, on whatever day, it is the same file byte for byte."""
    await lived(town)
    now = town.clock.now()
    for name in "ab":
        async with town.inst.store.begin() as tx:
            batch = Batch(town.inst, tx, now)
            await batch.load([])
            gathered = await gather(batch, await batch.case(await id_of(tx, "A-1")), "en")
        pack(town.inst, Bundle(tmp_path / name, now), gathered)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


async def test_an_export_as_written_is_whole(exported: Path, tmp_path: Path) -> None:
    """The checker needs neither this project nor anything installed, packed or unpacked."""
    files = unpacked(exported)
    assert check(tmp_path, files) == (0, "Everything is as it was written.\n")

    (tmp_path / "check.py").write_bytes(files["check.py"])
    assert run(tmp_path / "check.py", exported) == (0, "Everything is as it was written.\n")


def test_the_checker_runs_on_old_pythons() -> None:
    """It is written in the grammar of Python 3.8 and reads nothing but the standard library."""
    source = Path(sys.modules[line_hash.__module__].__file__ or "").read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    nodes = list(ast.walk(tree))
    read = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
    read |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert read <= STANDARD


def logged(change: Callable[[dict[str, Any]], None]) -> Callable[[Files], None]:
    """Return what changes the log and makes the manifest fit again, as who knows how would do."""

    def apply(files: Files) -> None:
        log = json.loads(files["audit.json"])
        change(log)
        files["audit.json"] = json.dumps(log).encode()
        manifest = json.loads(files["manifest.json"])
        manifest["chain"] = log["end"]
        for one in manifest["files"]:
            one["sha256"] = hashlib.sha256(files[one["name"]]).hexdigest()
        files["manifest.json"] = json.dumps(manifest).encode()

    return apply


def _swap(log: dict[str, Any]) -> None:
    lines = log["lines"]
    lines[1], lines[2] = lines[2] | {"line": 2}, lines[1] | {"line": 3}


def _forge(log: dict[str, Any]) -> None:
    """Change the first line and make all hashes anew."""
    log["lines"][0]["actor"] = "person:1"
    previous = "0" * 64
    for line in log["lines"]:
        previous = line["hash"] = line_hash(previous, line)
    log["end"]["hash"] = previous


def _original(files: Files) -> None:
    name = next(name for name in files if name.startswith("originals/"))
    files[name] = files[name][:-1] + b"!"


TAMPERED: Sequence[tuple[Callable[[Files], Any], str, str]] = (
    (_original, "originals/", "swapped"),
    (lambda files: files.pop("timeline.txt"), "timeline.txt", "missing"),
    (lambda files: files.update({"more.txt": b""}), "more.txt", "unlisted"),
    (lambda files: files.update({"audit.json": b"{}"}), "audit.json", "swapped"),
    (lambda files: files.update({"manifest.json": b"{"}), "", "changed"),
    (logged(lambda log: log["lines"][3].update(actor="cli")), "line 4", "changed"),
    (logged(lambda log: log["lines"].pop(2)), "line 3", "removed"),
    (logged(lambda log: log["lines"].pop()), "line ", "removed"),
    (logged(_swap), "line 2", "reordered"),
    (logged(_forge), "line ", "head mismatch"),
    (logged(lambda log: log["heads"][0].update(leaves=9)), "head of 2027-03-02", "head mismatch"),
)


async def test_the_first_fault_is_named(exported: Path, tmp_path: Path) -> None:
    """A swapped, missing or added file and a changed, removed or moved line are each found, and named."""
    for tamper, where, what in TAMPERED:
        files = unpacked(exported)
        tamper(files)
        code, said = check(tmp_path, files)
        assert (code, where in said, what in said) == (1, True, True), (where, what, said)


async def test_what_is_exported_is_what_is_verified(exported: Path, town: Town) -> None:
    """The log in the database still holds after an export, which is a line of it."""
    found = await verify(town.inst)
    assert found.fault is None
    end = json.loads(unpacked(exported)["manifest.json"])["chain"]
    assert end["lines"] == len(await audit_list(town.inst, "A-1"))
