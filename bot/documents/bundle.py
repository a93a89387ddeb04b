"""Many files in one: a ZIP whose bytes depend on nothing but its files and one instant."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.errors import InputRefused, StoreFull
from bot.ids import new_token

_UNIX, _MODE = 3, 0o100644


@dataclass(frozen=True, slots=True)
class Packed:
    """A file that was packed: `size` in bytes, `sha256` in hex."""

    name: str
    sha256: str
    size: int


class Bundle:
    """Packs files one after another; the ZIP is there, for its owner alone, when all of them are in it.

    `at` (aware) is what every file in it is dated. Raises `InputRefused` where a file is already, and `StoreFull`
    where none can be written.
    """

    def __init__(self, path: Path, at: datetime) -> None:
        if path.exists():
            raise InputRefused(f"{path} is there already: choose another name.")
        self._path = path
        self._part = path.with_name(f".{path.name}.{new_token()}.part")
        self._at = at.astimezone(UTC)
        self.files: list[Packed] = []

    def __enter__(self) -> Self:
        try:
            file = os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        except OSError as error:
            raise StoreFull(f"{self._path} cannot be written ({error.strerror}).") from None
        self._zip = ZipFile(file, "w", ZIP_DEFLATED)
        self._file = file
        return self

    def add(self, name: str, content: Iterable[bytes]) -> Packed:
        """Pack a file, given in pieces. Raises `StoreFull`."""
        with self.entry(name) as write:
            for piece in content:
                write(piece)
        return self.files[-1]

    @contextmanager
    def entry(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """Pack a file whose pieces are written one by one, while no other one is. Raises `StoreFull`."""
        info = ZipInfo(name, self._at.timetuple()[:6])
        info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, _UNIX, _MODE << 16
        digest, size = hashlib.sha256(), 0
        try:
            with self._zip.open(info, "w", force_zip64=True) as entry:

                def write(piece: bytes) -> None:
                    nonlocal size
                    digest.update(piece)
                    size += len(piece)
                    entry.write(piece)

                yield write
        except OSError as error:
            raise StoreFull(f"{self._path} cannot be written ({error.strerror}): make room.") from None
        self.files.append(Packed(name, digest.hexdigest(), size))

    def __exit__(
        self, kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
            else:
                with suppress(OSError):  # a full disk is told of already
                    self._zip.close()
        finally:
            self._file.close()
            self._part.unlink(missing_ok=True)

    def _finish(self) -> None:
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._part.replace(self._path)
