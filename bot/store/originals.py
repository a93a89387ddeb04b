"""Originals of evidence as files: sealed, written whole or not at all, one folder for each case."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bot.errors import InputRefused, StoreFull
from bot.ids import new_token
from bot.store.stream import CHUNK, Sealing, unseal_stream
from bot.store.vault import Vault


class Originals:
    """The folder of all originals. Every method blocks: call it from a thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, case_id: int, evidence_id: int) -> Path:
        """Return where an original is, or will be: names that say nothing about anybody."""
        return self.folder / str(case_id) / str(evidence_id)

    def is_there(self, case_id: int, evidence_id: int) -> bool:
        """Was it written whole?"""
        return self.path(case_id, evidence_id).exists()

    def remove(self, case_id: int, evidence_id: int) -> None:
        """Take an original away that turned out to be there already."""
        with _told():
            self.path(case_id, evidence_id).unlink(missing_ok=True)

    def of_case(self, case_id: int) -> list[Path]:
        """Return the files of a case, half written ones included."""
        return sorted((self.folder / str(case_id)).glob("*"))

    def remove_case(self, case_id: int) -> int:
        """Remove all files of a case for good; return how many there were. Raises `StoreFull`."""
        files = self.of_case(case_id)
        with _told():
            for file in files:
                file.unlink(missing_ok=True)
            if files:
                (self.folder / str(case_id)).rmdir()
                _sync(self.folder)
        return len(files)

    def draft(self, vault: Vault, key_id: str, case_id: int, evidence_id: int) -> "Draft":
        """Begin to write an original. Raises `StoreFull` when the folder cannot be written."""
        path = self.path(case_id, evidence_id)
        with _told():
            for folder in (self.folder, path.parent):
                folder.mkdir(mode=0o700, exist_ok=True)
            for left in path.parent.glob(f"{evidence_id}.*.part"):  # of a process that died over it
                left.unlink(missing_ok=True)
            return Draft(path, Sealing(vault, key_id, place_of(evidence_id)))

    def read(self, vault: Vault, key_id: str, case_id: int, evidence_id: int) -> Iterator[bytes]:
        """Yield an original in chunks. Raises `KeyUnusable`, and `InputRefused` when it is not there."""
        try:
            file = self.path(case_id, evidence_id).open("rb")
        except OSError:
            raise InputRefused(
                f"The original {evidence_id} is not in {self.folder}: restore that folder from your backup."
            ) from None
        with file:
            yield from unseal_stream(vault, key_id, place_of(evidence_id), file)


class Draft:
    """An original on its way to the disk; it is there when `finish` has returned, and not at all before."""

    def __init__(self, path: Path, sealing: Sealing) -> None:
        self._path = path
        self._part = path.with_name(f"{path.name}.{new_token()}.part")
        self._sealing = sealing
        self._file: BinaryIO = os.fdopen(
            os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        )
        self._file.write(sealing.header)
        self._hash = hashlib.sha256()
        self._waiting = bytearray()
        self.size = 0  # bytes of content so far

    def write(self, content: bytes) -> None:
        """Add content of any length. Raises `StoreFull`."""
        self._hash.update(content)
        self.size += len(content)
        self._waiting += content
        with _told():
            while len(self._waiting) > CHUNK:  # what may be the last chunk waits for `finish`
                self._file.write(self._sealing.seal(bytes(self._waiting[:CHUNK]), last=False))
                del self._waiting[:CHUNK]

    def finish(self) -> bytes:
        """Bring it to the disk for good and return the SHA-256 of its content. Raises `StoreFull`."""
        with _told():
            self._file.write(self._sealing.seal(bytes(self._waiting), last=True))
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self._path)
            for folder in (self._path.parent, self._path.parent.parent):  # the names must last, too
                _sync(folder)
        return self._hash.digest()

    def drop(self) -> None:
        """Leave nothing behind of what was not finished."""
        with suppress(OSError):
            self._file.close()
        self._part.unlink(missing_ok=True)


def place_of(evidence_id: int) -> str:
    """Return what an original is bound to, so that one cannot be put in another's place."""
    return f"evidence:{evidence_id}"


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told() -> Iterator[None]:
    """Turn a fault of the disk into one that says what to do."""
    try:
        yield
    except OSError as error:
        raise StoreFull(
            f"The evidence folder cannot be written ({error.strerror}): make room, or let Doorstep write there."
        ) from None
