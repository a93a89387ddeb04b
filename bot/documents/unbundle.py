"""Reading a ZIP that `Bundle` packed, once every file in it is what its manifest says."""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import orjson

from bot.check import MANIFEST
from bot.errors import InputRefused

_PIECE = 1 << 20
_BROKEN = (
    BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    TypeError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


class Unbundled:
    """An open bundle of one format; `manifest` is what it says of itself."""

    def __init__(self, file: ZipFile, manifest: Mapping[str, Any]) -> None:
        self._zip = file
        self.manifest = manifest

    def names(self, folder: str) -> list[str]:
        """Return the files below a folder."""
        return [one["name"] for one in self.manifest["files"] if one["name"].startswith(f"{folder}/")]

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield a file line by line."""
        with self._zip.open(name) as entry:
            yield from entry

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a file in pieces."""
        with self._zip.open(name) as entry:
            while piece := entry.read(_PIECE):
                yield piece


@contextmanager
def open_bundle(path: Path, form: str) -> Iterator[Unbundled]:
    """Open a bundle of a format after comparing every file in it with its manifest.

    Raises `InputRefused` for a file that cannot be read or is none of these, and for one that was changed or cut.
    """
    try:
        file = ZipFile(path)
    except OSError as error:
        raise InputRefused(f"{path} cannot be read ({error.strerror}).") from None
    except BadZipFile:
        raise InputRefused(f"{path} is no ZIP file, or was cut short.") from None
    with file:
        found = _manifest(file, path, form)
        _compare(found, file.namelist(), path)
        yield found


def _manifest(file: ZipFile, path: Path, form: str) -> Unbundled:
    try:
        manifest = orjson.loads(file.read(MANIFEST))
        named = manifest["format"]
    except _BROKEN:
        named = None
    if named != form:
        raise InputRefused(f"{path} is no {form} file.")
    return Unbundled(file, manifest)


def _compare(found: Unbundled, there: Iterable[str], path: Path) -> None:
    try:
        said = {one["name"]: (one["sha256"], one["size"]) for one in found.manifest["files"]}
        if {*there} != {*said, MANIFEST}:
            raise InputRefused(f"{path} was changed: it does not have the files that its manifest lists.")
        changed = [name for name, hashed in said.items() if _hashed(found, name) != hashed]
    except _BROKEN:
        raise InputRefused(f"{path} was changed or cut short.") from None
    if changed:
        raise InputRefused(f"{path} was changed: {changed[0]} is not what was packed.")


def _hashed(found: Unbundled, name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in found.pieces(name):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size
