"""What of the scripts has been walked: by transcripts, by runs that noted it; exceptions have their reasons."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.errors import InputRefused
from bot.text_file import text_of
from flows.engine import Walked
from flows.script import Script
from flows.script.ways import Kind
from flows.walks import Walks, every_way, walks

Reasons = Mapping[Walked, str]


def read_walked(files: Sequence[Path]) -> set[Walked]:
    """Return the ways that runs noted, a line each, as `line_of` writes it; of a folder its text files count.

    Raises `InputRefused`.
    """
    noted = [one for file in files for one in (sorted(file.glob("*.txt")) if file.is_dir() else [file])]
    return {_read(line, file) for file in noted for line in _lines(file)}


def read_exceptions(file: Path | None, scripts: Collection[Script]) -> Reasons:
    """Return the ways that need not be walked, each with its reason: `WAY | reason`, # begins a comment.

    Raises `InputRefused` for one without a reason, and for a way that is not there (any more).
    """
    if file is None:
        return {}
    there = {way for script in scripts for way in every_way(script)}
    found: dict[Walked, str] = {}
    for line in _lines(file):
        way, _, reason = line.partition("|")
        walked = _read(way.strip(), file)
        if not reason.strip():
            raise InputRefused(f"{file}: say why `{way.strip()}` need not be walked: WAY | reason.")
        if walked not in there:
            raise InputRefused(f"{file}: no script has the way `{way.strip()}`; take it out.")
        found[walked] = reason.strip()
    return found


def _lines(file: Path) -> Iterator[str]:
    lines = text_of(file).splitlines()
    yield from (line for line in lines if line.strip() and not line.startswith("#"))


def line_of(walked: Walked) -> str:
    """Return a way as a line: `script.step kind name`; the step is * for a way from wherever one stands."""
    return f"{walked.script}.{walked.step or '*'} {walked.kind} {walked.name}".rstrip()


def _read(line: str, file: Path) -> Walked:
    place, _, way = line.partition(" ")
    script, dot, step = place.partition(".")
    kind, _, name = way.partition(" ")
    if not dot or kind not in set(Kind):
        raise InputRefused(f"{file}: `{line}` is no way: write script.step kind name.")
    return Walked(script, "" if step == "*" else step, Kind(kind), name)


def coverage(scripts: Collection[Script], walked: Collection[Walked], reasons: Reasons) -> Sequence[Walks]:
    """Return how much of each script was walked; what has a reason not to be counts as walked."""
    return [walks(script, {*walked, *reasons}) for script in sorted(scripts, key=lambda one: one.name)]


def row_of(found: Walks) -> Mapping[str, Any]:
    """Return it as a row with stable field names."""
    return {
        "script": found.script.name,
        "version": found.script.version,
        "steps": found.steps,
        "steps_walked": found.steps - len(found.untrodden),
        "ways": found.ways,
        "ways_walked": found.ways - len(found.unwalked),
        "gaps": [
            {"way": line_of(one), "at": f"{found.script.file}:{place.line}"}
            for one, place in found.unwalked.items()
        ],
    }
