"""`flows play`: a script tried in the terminal."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import wait
from bot.drafting.deeds import HELP
from bot.drafting.persona import Persona
from bot.drafting.playing import played, read_transcript, replayed
from bot.library import Library


def play(library: Library, script: str, persona: Persona, *, repro: bool) -> None:
    """Play a script until nothing more is typed; with `repro` the transcript is printed alone, at the end."""
    if sys.stdin.isatty():
        sys.stderr.write(f"{HELP}\n\n")
    done = wait(played(library, script, persona, lambda _: _typed(), (lambda _: None) if repro else print))
    if repro:
        print("\n".join(done.lines))


def replay(library: Library, files: list[Path]) -> None:
    """Play transcripts again and show what is different."""
    different = 0
    for file in files:
        found = wait(replayed(library, read_transcript(library, file)))
        different += bool(found)
        print("\n".join(found) if found else f"{file}: as it was.")
    if different:
        raise typer.Exit(1)


def _typed() -> Iterator[str]:
    for line in sys.stdin:
        if not line.strip():
            return
        yield line.rstrip("\n")


Party = Annotated[str | None, typer.Option("--as", help="customer, collector, safety_officer or scheduler.")]
Case = Annotated[
    list[str] | None, typer.Option(help="A column of their case, as jurisdiction=US-MA or vulnerable=yes.")
]
Value = Annotated[
    list[str] | None, typer.Option(help="A value that the script begins with, as occasion=visit.")
]
