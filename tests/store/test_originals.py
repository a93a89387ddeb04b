"""Originals at rest: whole or not at all, sealed, and gone with their key."""

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputRefused, KeyUnusable, StoreFull
from bot.store.originals import Originals
from bot.store.stream import CHUNK, Sealing, unseal_stream
from bot.store.vault import Vault
from tests.store.databases import ROOT
from tests.store.test_vault import vault_with

KEY = "case:1"
LENGTHS = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7)

# Writes an original of two chunks and dies, as a power cut would, at the step that is named.
DIES = """
import os, sys
from pathlib import Path
from bot.store.originals import Originals
from bot.store.vault import Vault
vault = Vault(bytes(range(32)))
vault.admit("case:1", bytes.fromhex(sys.argv[2]))
draft = Originals(Path(sys.argv[1])).draft(vault, "case:1", 1, 7)
step, here = sys.argv[3], os._exit
if step == "begun": here(9)
draft.write(b"x" * 300_000)
if step == "written": here(9)
if step == "synced": Path.replace = lambda *_: here(9)
if step == "renamed":
    replace = Path.replace
    Path.replace = lambda one, other: (replace(one, other), here(9))
draft.finish()
"""


def kept(folder: Path, vault: Vault, content: bytes) -> tuple[Originals, bytes]:
    """Keep content as evidence 7 of case 1; return the folder and the hash."""
    originals = Originals(folder)
    draft = originals.draft(vault, KEY, 1, 7)
    for start in range(0, len(content), 100_000):
        draft.write(content[start : start + 100_000])
    return originals, draft.finish()


@pytest.mark.parametrize("length", LENGTHS)
def test_an_original_comes_back(tmp_path: Path, length: int) -> None:
    """Content of any length comes back byte for byte, with its SHA-256; on the disk nothing of it is to be seen."""
    vault, content = vault_with(), os.urandom(length)
    originals, told = kept(tmp_path / "evidence", vault, content)

    assert b"".join(originals.read(vault, KEY, 1, 7)) == content
    assert told == hashlib.sha256(content).digest()
    raw = originals.path(1, 7).read_bytes()
    assert length < 16 or content[:16] not in raw
    assert originals.path(1, 7).stat().st_mode & 0o077 == 0
    assert originals.path(1, 7).parent.stat().st_mode & 0o077 == 0


def test_a_destroyed_key_closes_it(tmp_path: Path) -> None:
    """Without the key of its case an original cannot be read by anybody."""
    vault = vault_with()
    originals, _ = kept(tmp_path, vault, b"a photo")
    vault.forget(KEY)

    with pytest.raises(KeyUnusable, match="destroyed"):
        next(originals.read(vault, KEY, 1, 7))


def test_an_original_cannot_be_put_in_anothers_place(tmp_path: Path) -> None:
    """A file that was renamed to another piece of evidence is refused."""
    vault = vault_with()
    originals, _ = kept(tmp_path, vault, b"a photo")
    originals.path(1, 7).rename(originals.path(1, 8))

    with pytest.raises(KeyUnusable):
        next(originals.read(vault, KEY, 1, 8))


def sealed(chunks: int) -> tuple[Vault, bytes, list[bytes]]:
    """Return a vault, a header and sealed chunks, the last one short."""
    vault = vault_with()
    sealing = Sealing(vault, KEY, "p")
    parts = [sealing.seal(bytes(CHUNK), last=False) for _ in range(chunks - 1)]
    return vault, sealing.header, [*parts, sealing.seal(b"end", last=True)]


def opened(vault: Vault, *parts: bytes) -> bytes:
    """Open what is put together of parts."""
    return b"".join(unseal_stream(vault, KEY, "p", io.BytesIO(b"".join(parts))))


@given(st.data())
def test_a_changed_byte_is_noticed(data: st.DataObject) -> None:
    """No byte can be changed, and nothing cut off at the end."""
    vault, header, (only,) = sealed(1)
    raw = bytearray(header + only)
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    for damaged in (bytes(raw), bytes(raw[:at])):
        with pytest.raises(KeyUnusable):
            opened(vault, damaged)


def test_chunks_keep_their_places() -> None:
    """Chunks cannot be swapped, left out, doubled, or the last ones cut off."""
    vault, header, (one, two, end) = sealed(3)
    assert len(opened(vault, header, one, two, end)) == 2 * CHUNK + 3

    for parts in ((two, one, end), (one, end), (one, one, two, end), (one, two), (one, two, end, end), ()):
        with pytest.raises(KeyUnusable):
            opened(vault, header, *parts)


@pytest.mark.parametrize(("step", "there"), [("begun", 0), ("written", 0), ("synced", 0), ("renamed", 1)])
def test_a_power_cut_leaves_all_or_nothing(tmp_path: Path, step: str, there: int) -> None:
    """Killed at any step there is no half original; the next try writes it whole and sweeps up what was left."""
    wrapped = Vault(bytes(range(32))).new_key(KEY)
    done = subprocess.run(
        [sys.executable, "-c", DIES, str(tmp_path), wrapped.hex(), step], cwd=ROOT, check=False
    )
    assert done.returncode == 9
    vault = Vault(bytes(range(32)))
    vault.admit(KEY, wrapped)
    originals = Originals(tmp_path)
    assert originals.is_there(1, 7) == bool(there)
    if there:
        assert b"".join(originals.read(vault, KEY, 1, 7)) == b"x" * 300_000

    draft = originals.draft(vault, KEY, 1, 7)
    draft.write(b"again")
    draft.finish()

    assert [file.name for file in (tmp_path / "1").iterdir()] == ["7"]
    assert b"".join(originals.read(vault, KEY, 1, 7)) == b"again"


def test_what_is_dropped_leaves_nothing(tmp_path: Path) -> None:
    """A draft that was given up leaves no file."""
    originals = Originals(tmp_path)
    draft = originals.draft(vault_with(), KEY, 1, 7)
    draft.write(b"x")
    draft.drop()

    assert list((tmp_path / "1").iterdir()) == []
    with pytest.raises(InputRefused, match="backup"):
        next(originals.read(vault_with(), KEY, 1, 7))


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A disk that takes nothing is said with what to do."""
    (tmp_path / "evidence").write_text("a file in the folder's place")

    with pytest.raises(StoreFull, match="evidence folder"):
        Originals(tmp_path / "evidence").draft(vault_with(), KEY, 1, 7)
