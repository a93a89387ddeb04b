"""Everything that an installation is made of, but its key, as one file: while the bot runs, of one instant."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bot.check import MANIFEST
from bot.documents.bundle import Bundle
from bot.service.archive.gather import plain_json
from bot.service.audit_line import CLI, audit_line
from bot.service.installation import Installation
from bot.store import audit, copying
from bot.store.engine import Tx
from bot.store.schema import revision_of

FORMAT = "doorstep-backup/1"
FOLDERS = (
    "evidence",
    "packs",
    "scripts",
    "solutions",
)  # of the data folder: originals, and the lender's own files
_PIECE = 1 << 20
_UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Backup:
    """How much is in a backup."""

    rows: int
    files: int


async def back_up(inst: Installation, path: Path) -> Backup:
    """Write everything but the key into a ZIP; what is sealed stays sealed. It is logged before, so that it says so.

    Raises `InputRefused` where a file is already, `StoreFull` where none can be written.
    """
    now = inst.clock.now()
    bundle = Bundle(path, now)
    async with inst.store.begin() as tx:
        await audit.append(tx, [audit_line(now, CLI, "backup.made")])
    with bundle:
        async with inst.store.read(frozen=True) as tx:
            revision = await revision_of(tx)
            tables = [await _pack_table(tx, bundle, name) for name in copying.shapes()]
        originals = [bundle.add(name, _pieces(file)) for name, file in _files(inst.settings.data_dir)]
        listed = [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in bundle.files]
        made = {"format": FORMAT, "made_at": now, "doorstep": version("doorstep"), "schema": revision}
        bundle.add(MANIFEST, [plain_json({**made, "tables": tables, "files": listed})])
    return Backup(sum(one["rows"] for one in tables), len(originals))


def name_of(table: str) -> str:
    """Return the name of a table's file."""
    return f"tables/{table}.jsonl"


async def _pack_table(tx: Tx, bundle: Bundle, table: str) -> dict[str, Any]:
    rows = 0
    with bundle.entry(name_of(table)) as write:
        async for page in copying.pages(tx, table):
            write(page)
            rows += page.count(b"\n")
    return {"name": table, "rows": rows, "columns": dict(copying.shapes()[table])}


def _files(data_dir: Path) -> Iterator[tuple[str, Path]]:
    """Return what is in the folders; whatever comes later than the rows does no harm."""
    for folder in FOLDERS:
        for file in sorted((data_dir / folder).rglob("*")):
            if file.is_file() and file.suffix != _UNFINISHED:
                yield file.relative_to(data_dir).as_posix(), file


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as content:
        while piece := content.read(_PIECE):
            yield piece
