"""`demo`: the whole system on this machine, with a local stand-in for Telegram."""

import sys
import tempfile
import time
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.languages import Language
from bot.cli.output import wait
from bot.sandbox.narrator import Narrator
from bot.sandbox.phone import NotSeen
from bot.sandbox.stage import open_stage
from bot.sandbox.story import ZONES, Story, start_of

SAMPLE = files("bot.sandbox") / "cases" / "town.csv"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    *,
    script: Annotated[
        bool, typer.Option("--script", help="Play the story in the terminal and exit.")
    ] = False,
    language: Annotated[
        Language, typer.Option(help="The language of the house and the story.")
    ] = Language.EN,
    port: Annotated[int, typer.Option(help="Where the page is served on this machine.")] = 8480,
    no_open: Annotated[bool, typer.Option("--no-open", help="Open no browser.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew instead of going on.")] = False,
    cases: Annotated[Path | None, typer.Option(help="Your own file of cases instead of the sample.")] = None,
    scripts: Annotated[Path | None, typer.Option(help="A folder of your own scripts to rehearse.")] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Play a recorded transcript again and show what is different.")
    ] = None,
) -> None:
    """Open a page with a phone for each role, the whole system behind it; or play the story in the terminal."""
    if script:
        _tell(language)
    elif replay is not None:
        _replay(replay, cases, scripts)
    else:
        _open(language, port, cases, scripts, opens=not no_open, fresh=fresh)


def _open(
    language: Language, port: int, cases: Path | None, scripts: Path | None, *, opens: bool, fresh: bool
) -> None:
    from bot.room.open import serve  # noqa: PLC0415 - the story in the terminal needs none of it
    from bot.room.place import home  # noqa: PLC0415 - as above

    fresh = fresh or cases is not None or scripts is not None
    with as_file(SAMPLE) as sample:
        wait(serve(home(), port, str(language), cases or sample, scripts, opens=opens, fresh=fresh))


def _replay(file: Path, cases: Path | None, scripts: Path | None) -> None:
    from bot.room.replay import replayed  # noqa: PLC0415 - as above

    with as_file(SAMPLE) as sample:
        different = wait(replayed(file, cases or sample, scripts))
    print("\n".join(different) or "It reads the same.")
    if different:
        raise typer.Exit(1)


def _tell(language: Language) -> None:
    """Play a whole visit: case file in, customers told and heard, team guided, follow-up sent."""
    began = time.monotonic()
    narrator = Narrator(ZONES[language], sys.stdout.write)
    held = wait(_play(narrator, str(language)))
    kept, broken = len(narrator.kept), len(narrator.broken)
    print(f"\n{kept} of {kept + broken} promises held, in {time.monotonic() - began:.0f} s.")
    if not held or broken:
        raise typer.Exit(1)


async def _play(narrator: Narrator, locale: str) -> bool:
    with tempfile.TemporaryDirectory(prefix="doorstep-") as folder:
        async with open_stage(Path(folder), start_of(locale), narrator) as stage:
            try:
                await Story(stage, locale).play()
            except NotSeen as error:
                narrator.expect(str(error), held=False)
                sys.stderr.write((Path(folder) / "bot.log").read_text("utf-8", "replace")[-4000:])
                return False
    return True
