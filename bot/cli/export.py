"""`export`: a case as one file."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_installation
from bot.cli.languages import Language
from bot.cli.output import wait
from bot.documents.bundle import Packed
from bot.service.archive.export import export_case
from bot.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export")(export)


def export(
    ref: Annotated[str, typer.Argument(help="The case reference.")],
    out: Annotated[Path, typer.Option(help="The ZIP file to write.", dir_okay=False)],
    language: Annotated[Language | None, typer.Option(help="The language of its words.")] = None,
) -> None:
    """Write everything on record of a case into one ZIP with a checker inside. It is logged."""

    async def work() -> list[Packed]:
        async with open_installation(load_settings()) as inst:
            return await export_case(inst, ref, out, str(language or inst.settings.locale))

    packed = wait(work())
    print(f"{out}: {len(packed)} files. Check it with: python3 check.py {out} (check.py is in it)")
