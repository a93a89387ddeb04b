"""`flows coverage`: which ways of the scripts somebody has walked."""

from pathlib import Path

import typer

from bot.cli.output import show, show_json, wait
from bot.drafting.playing import played, read_transcript
from bot.drafting.walked import coverage, line_of, read_exceptions, read_walked, row_of
from bot.library import Library


def show_coverage(
    library: Library, transcripts: list[Path], noted: list[Path], excepted: Path | None, *, as_json: bool
) -> None:
    """Play the transcripts, add what runs noted, and show what is left."""
    walked = read_walked(noted)
    for file in transcripts:
        kept = read_transcript(library, file)
        walked |= wait(played(library, kept.named, kept.persona, kept.deeds, lambda _: None)).walked
    scripts = library.latest.values()
    reasons = read_exceptions(excepted, scripts)
    rows = [dict(row_of(one)) for one in coverage(scripts, walked, reasons)]
    gaps = [gap for row in rows for gap in row["gaps"]]
    if as_json:
        show_json(rows)
    else:
        show(
            [{name: one for name, one in row.items() if name != "gaps"} for row in rows],
            as_json=False,
            empty="",
        )
        for gap in gaps:
            print(f"{gap['at']}: nobody walks {gap['way']}")
        for one in sorted(walked & set(reasons)):
            print(f"{excepted}: {line_of(one)} is walked by now; take it out.")
    if gaps or walked & set(reasons):
        raise typer.Exit(1)
