"""`demo`: the whole system on this machine, with a local stand-in for Telegram."""

import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.languages import Language
from bot.cli.output import wait
from bot.sandbox.narrator import Narrator
from bot.sandbox.phone import NotSeen
from bot.sandbox.stage import open_stage
from bot.sandbox.story import ZONES, Story, start_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    script: Annotated[
        bool, typer.Option("--script", help="Play the story in the terminal and exit.")
    ] = False,
    language: Annotated[Language, typer.Option(help="The language of the story.")] = Language.EN,
) -> None:
    """Play a whole visit: case file in, customers told and heard, team guided, follow-up sent."""
    if not script:
        raise typer.BadParameter("say how: --script plays the story in this terminal")
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
