"""A backup put back: into an empty database of either kind, and the folders beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from bot.clock import Clock
from bot.documents.unbundle import Unbundled, open_bundle
from bot.errors import InputRefused, StoreFull
from bot.service.archive.backup import FOLDERS, FORMAT, name_of
from bot.store import copying, keys, outbox
from bot.store.engine import Store, Tx
from bot.store.schema import bring_up_to_date, migrate_empty
from bot.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back; `doubtful` messages to customers may have been sent since the backup: a person decides."""

    made_at: str
    rows: int
    files: int
    doubtful: int


async def restore(store: Store, vault: Vault, clock: Clock, data_dir: Path, path: Path) -> Restored:
    """Put a backup back; all of the database, or nothing.

    Raises `InputRefused` for a file that is no backup or was changed, and where there is a database already;
    `StoreNewer` for a backup of a newer version; `KeyUnusable` for another installation's key; `StoreFull`.
    """
    with open_bundle(path, FORMAT) as bundle:
        said = _read(bundle.manifest, path)
        async with store.begin() as tx:
            await migrate_empty(tx, said.schema)
            rows = sum([await _fill(tx, bundle, *table) for table in said.tables])
            await copying.go_on_counting(tx)
            await keys.prove(tx, vault)
            doubtful = await outbox.doubt(tx, clock.now())
            await bring_up_to_date(tx)
            files = [name for folder in FOLDERS for name in bundle.names(folder)]
            for name in files:
                _place(bundle, name, data_dir)
        return Restored(said.made_at, rows, len(files), doubtful)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a manifest says: how the database was made, and the columns of each table."""

    made_at: str
    schema: str
    tables: list[tuple[str, Mapping[str, Any]]]


def _read(manifest: Mapping[str, Any], path: Path) -> _Said:
    try:
        tables = [(one["name"], one["columns"]) for one in manifest["tables"]]
        return _Said(manifest["made_at"], manifest["schema"], tables)
    except (KeyError, TypeError):
        raise InputRefused(f"{path} was changed: its manifest lacks what a backup has.") from None


async def _fill(tx: Tx, bundle: Unbundled, table: str, columns: Mapping[str, Any]) -> int:
    return await copying.fill(tx, table, columns, bundle.lines(name_of(table)))


def _place(bundle: Unbundled, name: str, data_dir: Path) -> None:
    """Write a file to where it was."""
    if ".." in PurePosixPath(name).parts:
        raise InputRefused("The backup was changed: it has a file that would go elsewhere.")
    target = data_dir / name
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.writelines(bundle.pieces(name))
    except OSError as error:
        raise StoreFull(f"{data_dir} cannot be written ({error.strerror}): make room, then again.") from None
