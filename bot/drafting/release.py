"""The folder of the lender's own scripts: a version is written whole, then locked by its hash, and never changes."""

import os
from pathlib import Path

from flows.script import Script
from flows.script.lock import Released, format_lock, read_lock, sha256_of

LOCK = "scripts.lock"
FIRST = 1001  # versions of a lender's own never meet those that a later Doorstep releases


def next_version(latest: int) -> int:
    """Return the version that a lender's next one has to be, after the `latest` one of any."""
    return max(FIRST, latest + 1)


def write(folder: Path, script: Script, source: str, note: str) -> None:
    """Write a version and the note of its release. The lock comes last: what is not in it is not released."""
    home = folder / script.name
    home.mkdir(parents=True, exist_ok=True)
    _whole(home / f"v{script.version}.txt", note)
    _whole(home / f"v{script.version}.yaml", source)
    file = folder / LOCK
    lock = read_lock(file.read_text("utf-8")) if file.exists() else {}
    released = Released(script.name, script.version)
    _whole(file, format_lock({**lock, released: sha256_of(source)}))


def _whole(file: Path, text: str) -> None:
    """Write a file aside and put it in its place, so that nobody ever reads half of it."""
    aside = file.with_suffix(f"{file.suffix}.new")
    with aside.open("w", encoding="utf-8", newline="\n") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    aside.replace(file)
