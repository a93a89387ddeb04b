"""`import`: taking in files of cases and payments, and taking them back."""

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Self

import typer

from bot.app import open_installation
from bot.cli.output import wait
from bot.documents.safe_csv import csv_file
from bot.errors import InputRefused
from bot.service.desk.cases.look import batch_list
from bot.service.desk.files.findings import Findings, Paper, Report
from bot.service.desk.files.intake import import_file, look
from bot.service.desk.files.undo import Undone, take_back
from bot.settings import load_settings

PROBLEMS_SHOWN = 20
EVERY = 0.2  # seconds between two looks at the progress
OBSTACLES = {
    "sent": "{n} of its customers have been written to since",
    "links": "links were made for {n} of its cases since",
    "later": "a later file has changed {n} of its cases: undo that one first",
    "paid": "payments came in for {n} of its cases since",
    "touched": "something has happened in {n} of its cases since",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_)


def import_(
    file: Annotated[Path | None, typer.Argument(help="CSV or XLSX with a header row.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; write nothing.")] = False,
    rejected: Annotated[Path | None, typer.Option(help="Where the rejected rows go.")] = None,
    changes: Annotated[Path | None, typer.Option(help="Where a list of what changes goes.")] = None,
    undo: Annotated[int | None, typer.Option(metavar="BATCH", help="Take a whole file back.")] = None,
) -> None:
    """Take cases or payments in; without a file, list the last ones. Bad rows never stop good ones.

    A file of payments is known by its columns case_ref, paid_at, amount and reference. Rejected rows come back
    as a file with what is wrong and what would be right. A whole file can be taken back as long as nothing has
    been sent from it.
    """
    if undo is not None:
        _undo(undo)
    elif file is None:
        _list()
    elif not file.is_file():
        raise InputRefused(f"There is no file {file}.")
    else:
        _take(file, rejected or file.with_name(f"{file.stem}.rejected.csv"), changes, dry_run=dry_run)


def _take(file: Path, rejected: Path, changes: Path | None, *, dry_run: bool) -> None:
    batch_id, found, problems = wait(_import(file, rejected, changes, dry_run=dry_run))
    would = "would be " if dry_run else ""
    added, changed = ("recorded", "changed") if found.kind == "payments" else ("added", "updated")
    print(
        f"{found.new} {would}{added}, {found.changed} {would}{changed}, {found.unchanged} known already, "
        f"{found.rejected} rejected."
    )
    if found.fields:
        print("Changes: " + ", ".join(f"{name} {count}" for name, count in found.fields.most_common()) + ".")
    for line in problems:
        print(line)
    if found.rejected:
        print(f"The rejected rows are in {rejected}.")
    if batch_id is not None and found.takes:
        print(f"To take it all back: doorstep import --undo {batch_id}")
    if (found.rejected or found.header) and not found.takes + found.unchanged:
        raise typer.Exit(1)


async def _import(
    file: Path, rejected: Path, changes: Path | None, *, dry_run: bool
) -> tuple[int | None, Findings, Sequence[str]]:
    async with open_installation(load_settings()) as inst:
        lines: list[str] = []
        papers = (
            Paper(lambda: csv_file(rejected)),
            Paper(lambda: csv_file(changes or Path()), None if changes else 0),
        )
        report = Report(inst, inst.settings.locale, *papers, told=_first(lines))
        with ExitStack() as stack:
            stack.callback(report.close)
            progress = stack.enter_context(_Progress())
            if dry_run:
                return None, await look(inst, file, report, progress), lines
            return *await import_file(inst, file, report, progress), lines


def _first(lines: list[str]) -> Callable[[str], None]:
    """Keep the first problems for the terminal; all of them are in the file."""

    def told(line: str) -> None:
        if len(lines) < PROBLEMS_SHOWN:
            lines.append(line)

    return told


class _Progress:
    """A line on the terminal, if there is one, that says how many rows were read."""

    def __init__(self) -> None:
        self._next = time.monotonic() + 1.0  # a short file needs no progress
        self._shown = False

    def __enter__(self) -> Self:
        return self

    async def __call__(self, rows: int) -> None:
        if sys.stderr.isatty() and time.monotonic() >= self._next:
            sys.stderr.write(f"\r{rows:,} rows")
            sys.stderr.flush()
            self._shown, self._next = True, time.monotonic() + EVERY

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")


def _undo(batch_id: int) -> None:
    async def run() -> Undone | None:
        async with open_installation(load_settings()) as inst:
            return await take_back(inst, batch_id)

    done = wait(run())
    if done is None:
        raise InputRefused(
            f"There is no batch {batch_id} to take back: `doorstep import` lists the last ones."
        )
    if done.obstacles:
        why = "; ".join(OBSTACLES[name].format(n=count) for name, count in done.obstacles.items())
        raise InputRefused(f"This file cannot be taken back: {why}. Nothing was changed.")
    print(f"Taken back; {done.cases} cases are as they were before.")
    if done.reopened:
        print(f"{done.reopened} promises are open again, without a reminder: please follow them up.")


def _list() -> None:
    async def run() -> Sequence[dict[str, object]]:
        async with open_installation(load_settings()) as inst:
            return await batch_list(inst)

    rows = wait(run())
    if not rows:
        print("No file has been taken in yet: `doorstep import cases.csv` takes one.")
    for row in rows:
        figures = ", ".join(f"{name} {row[name]}" for name in ("new", "changed", "unchanged", "rejected"))
        print(f"{row['batch']}  {row['created_at']:%Y-%m-%d %H:%M}  {row['kind']}  {row['state']}: {figures}")
