"""`scripts.lock` and its like: which files were released, and that they never change again.

A line is `NAME vN SHA256`. The hash is of the text with plain line ends, so that a checkout on another system
changes nothing.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from flows.errors import ScriptInvalid
from flows.script.issue import Issue

_LINE = re.compile(r"([a-z0-9_]+) v([1-9][0-9]*) ([0-9a-f]{64})")


class Released(NamedTuple):
    """A version of a script."""

    name: str
    version: int


Lock = Mapping[Released, str]


def sha256_of(source: str) -> str:
    """Return the hash of a script file's text, in small hexadecimal digits."""
    canonical = source.removeprefix("\ufeff").replace("\r\n", "\n").rstrip() + "\n"
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_lock(text: str, file: str = "scripts.lock") -> Lock:
    """Return the hash of each release. Raises ScriptInvalid for a line that is none, or is there twice."""
    lock: dict[Released, str] = {}
    issues: list[Issue] = []
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.fullmatch(line.strip())
        if match is None and line.strip():
            issues.append(Issue(file, number, 1, "FV117", "A line is `NAME vN SHA256`."))
        elif match is not None and (released := Released(match[1], int(match[2]))) in lock:
            issues.append(Issue(file, number, 1, "FV118", f"{released.name} v{match[2]} stands here twice."))
        elif match is not None:
            lock[Released(match[1], int(match[2]))] = match[3]
    if issues:
        raise ScriptInvalid(tuple(issues))
    return lock


def format_lock(lock: Lock) -> str:
    """Return the text of `scripts.lock`, in a stable order."""
    return "".join(f"{name} v{version} {sha}\n" for (name, version), sha in sorted(lock.items()))


def compare(
    lock: Lock, present: Iterable[tuple[str, int, str, str]], file: str = "scripts.lock"
) -> Iterator[Issue]:
    """Yield what is wrong with the files that are `present` (name, version, hash, file): changed or gone.

    `file` is the lock's own name for messages.
    """
    seen: set[Released] = set()
    for name, version, sha, place in present:
        seen.add(Released(name, version))
        if lock.get(Released(name, version), sha) != sha:
            message = f"{name} v{version} is released and may not change: undo it, or write v{version + 1}."
            yield Issue(place, 1, 1, "FV119", message)
    for name, version in sorted(set(lock) - seen):
        yield Issue(file, 1, 1, "FV120", f"{name} v{version} is released, but its file is gone.")
