#!/usr/bin/env python3
"""Checks an export of a case with nothing but Python 3.8 or newer: `python3 check.py [EXPORT.zip or its folder]`.

Every export carries this very file, and Doorstep chains its log by it: what a hash is made of is said here alone.
Exit code 0: everything is as it was written. 1: the first fault is named.

A line's hash is the SHA-256 of its predecessor's hash and its own content as JSON with sorted keys. A day's head is
the root of a Merkle tree (as in RFC 6962) over the ends of the chains that grew, and each head holds the one before.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zipfile
from dataclasses import dataclass
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple

FIRST = "0" * 64  # what a first line or a first head follows
CONTENT = ("at", "actor", "kind", "case_id", "visit_id", "data")
MANIFEST = "manifest.json"
LOG = "audit.json"
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
Node = Tuple[str, str]  # on which side of the way to the root, "left" or "right", and its hash


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong: at which line of a chain (or file, or day), of which kind, in words."""

    where: str
    what: str  # changed, removed, reordered, head_mismatch, swapped, missing, unlisted
    says: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what.replace('_', ' ')}: {self.says}"


def _sha256(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()


def canonical(value: Any) -> bytes:
    """Return the one JSON text of a value that hashes are made of."""
    return _ENCODER.encode(value).encode("utf-8")


def line_hash(previous: str, line: Mapping[str, Any]) -> str:
    """Return the hash of a line of the log that follows the line whose hash is `previous`."""
    content = {name: line[name] for name in CONTENT}
    return _sha256(b"doorstep/line/1\n", bytes.fromhex(previous), canonical(content))


def leaf_hash(chain: int, lines: int, end: str) -> str:
    """Return the leaf of a day's tree: where a chain ended on that day."""
    return _sha256(b"\x00", canonical([chain, lines, end]))


def root_of(leaves: Sequence[str]) -> str:
    """Return the root over a day's leaves."""
    if len(leaves) < 2:
        return leaves[0] if leaves else _sha256()
    half = _half(len(leaves))
    return _joined(root_of(leaves[:half]), root_of(leaves[half:]))


def path_of(leaves: Sequence[str], place: int) -> List[Node]:
    """Return what leads from the leaf at a place to the root."""
    if len(leaves) == 1:
        return []
    half = _half(len(leaves))
    if place < half:
        return [*path_of(leaves[:half], place), ("right", root_of(leaves[half:]))]
    return [*path_of(leaves[half:], place - half), ("left", root_of(leaves[:half]))]


def _half(count: int) -> int:
    return 1 << ((count - 1).bit_length() - 1)


def _joined(left: str, right: str) -> str:
    return _sha256(b"\x01", bytes.fromhex(left), bytes.fromhex(right))


def head_hash(day: str, previous: str, root: str, leaves: int) -> str:
    """Return the hash of a day's head, which follows the head `previous`."""
    content = {"day": day, "root": root, "leaves": leaves}
    return _sha256(b"doorstep/head/1\n", bytes.fromhex(previous), canonical(content))


def chain_fault(
    lines: Sequence[Mapping[str, Any]], end: Mapping[str, Any], anchors: Mapping[int, Tuple[str, str]]
) -> Optional[Fault]:
    """Return the first broken link of one chain.

    `end` has how many `lines` there are to be and the last one's `hash`; `anchors` have, by number of a line, the day
    whose head holds it and the hash that it had then.
    """
    previous, numbers = FIRST, {line["line"] for line in lines}
    for number, line in enumerate(lines, 1):
        if line["line"] != number:
            what = "reordered" if number in numbers else "removed"
            return Fault(f"line {number}", what, f"line {line['line']} stands in its place")
        if line_hash(previous, line) != line["hash"]:
            return _broken(number, line, lines)
        day, held = anchors.get(number, ("", line["hash"]))
        if held != line["hash"]:
            return Fault(f"line {number}", "head_mismatch", f"the head of {day} holds another line")
        previous = line["hash"]
    return _end_fault(len(lines), previous, end, max(anchors, default=0))


def _broken(number: int, line: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> Fault:
    hashes = {one["hash"] for one in lines}
    if any(line_hash(one, line) in hashes for one in (FIRST, *sorted(hashes))):
        return Fault(f"line {number}", "reordered", "it belongs to another place of this chain")
    return Fault(
        f"line {number}", "changed", "its hash was not made of what it says and what stands before it"
    )


def _end_fault(count: int, last: str, end: Mapping[str, Any], anchored: int) -> Optional[Fault]:
    due = max(end["lines"], anchored)
    if count < due:
        return Fault(f"line {count + 1}", "removed", f"there were {due} lines")
    if (count, last) != (end["lines"], end["hash"]):
        return Fault(f"line {count}", "head_mismatch", "the chain's end is not this line")
    return None


def heads_fault(heads: Iterable[Mapping[str, Any]]) -> Optional[Fault]:
    """Return the first daily head that is not what its hash was made of, or does not follow the one before."""
    previous = FIRST
    for head in heads:
        made = head_hash(head["day"], previous, head["root"], head["leaves"])
        if head["previous"] != previous or made != head["hash"]:
            return Fault(f"head of {head['day']}", "head_mismatch", "it was changed, or does not follow")
        previous = head["hash"]
    return None


def _anchor_fault(chain: int, anchor: Mapping[str, Any], roots: Mapping[str, str]) -> Optional[Fault]:
    reached = leaf_hash(chain, anchor["lines"], anchor["hash"])
    for side, beside in anchor["path"]:
        reached = _joined(beside, reached) if side == "left" else _joined(reached, beside)
    if roots.get(anchor["day"]) == reached:
        return None
    return Fault(f"line {anchor['lines']}", "head_mismatch", f"the head of {anchor['day']} does not hold it")


def log_fault(log: Mapping[str, Any]) -> Optional[Fault]:
    """Return the first fault of an exported log: of its heads, its anchors, its lines."""
    roots = {head["day"]: head["root"] for head in log["heads"]}
    found = [heads_fault(log["heads"])]
    found += [_anchor_fault(log["chain"], anchor, roots) for anchor in log["anchors"]]
    anchors = {anchor["lines"]: (anchor["day"], anchor["hash"]) for anchor in log["anchors"]}
    found.append(chain_fault(log["lines"], log["end"], anchors))
    return next((fault for fault in found if fault is not None), None)


class _Export:
    """The files of an export, packed or unpacked."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._zip = None if os.path.isdir(place) else zipfile.ZipFile(place)

    def names(self) -> Iterator[str]:
        if self._zip is not None:
            yield from self._zip.namelist()
            return
        for folder, _, files in os.walk(self._place):
            for name in files:
                yield os.path.relpath(os.path.join(folder, name), self._place).replace(os.sep, "/")

    def read(self, name: str) -> bytes:
        if self._zip is not None:
            return self._zip.read(name)
        with open(os.path.join(self._place, *name.split("/")), "rb") as file:
            return file.read()


def _files_fault(export: _Export, listed: Mapping[str, str]) -> Optional[Fault]:
    there = sorted(export.names())
    for name in sorted(listed):
        if name not in there:
            return Fault(name, "missing", "the manifest lists it")
        if _sha256(export.read(name)) != listed[name]:
            return Fault(name, "swapped", "it is not the file that the manifest lists")
    for name in there:
        if name not in listed and name != MANIFEST and there.count(name) == 1:
            return Fault(name, "unlisted", "the manifest does not list it")
    doubled = [name for name in there if there.count(name) > 1]
    return Fault(doubled[0], "unlisted", "there are two of it") if doubled else None


def export_fault(place: str) -> Optional[Fault]:
    """Return the first fault of an export."""
    try:
        export = _Export(place)
        manifest: Dict[str, Any] = json.loads(export.read(MANIFEST))
        fault = _files_fault(export, {one["name"]: one["sha256"] for one in manifest["files"]})
        if fault is not None:
            return fault
        log = json.loads(export.read(LOG))
        if manifest["chain"] != log["end"]:
            return Fault(LOG, "head_mismatch", "its end is not the one of the manifest")
        return log_fault(log)
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        return Fault(place, "changed", f"it cannot be read as an export ({type(error).__name__})")


def main(arguments: Sequence[str]) -> int:
    """Check the export that is named, or the one that this file lies in."""
    fault = export_fault(arguments[0] if arguments else os.path.dirname(os.path.abspath(__file__)))
    print(fault or "Everything is as it was written.")
    return 0 if fault is None else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
