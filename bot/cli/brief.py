"""`brief`: the visit pack on paper, and the neutral card as a picture."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_installation
from bot.cli.languages import Language
from bot.cli.output import wait
from bot.service.field.pack_work import pack_of
from bot.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("brief")(brief)


def brief(
    case: Annotated[str, typer.Argument(help="The case whose visit lies ahead.")],
    pdf: Annotated[Path | None, typer.Option(help="Where to write the visit pack.")] = None,
    card: Annotated[Path | None, typer.Option(help="Where to write the neutral card (PNG).")] = None,
    language: Annotated[Language | None, typer.Option(help="Left out: the collector's.")] = None,
) -> None:
    """Write the visit pack: brief, script and cards in the customer's language and yours, numbers, neutral card."""
    if pdf is None and card is None:
        raise typer.BadParameter("say where to write: --pdf FILE.pdf, --card FILE.png, or both")
    paper, picture = wait(_made(case, str(language) if language else None))
    for path, content in ((pdf, paper), (card, picture)):
        if path is not None:
            path.touch(mode=0o600)
            path.write_bytes(content)
            print(f"{path} written.")


async def _made(case: str, language: str | None) -> tuple[bytes, bytes]:
    async with open_installation(load_settings()) as inst:
        return await pack_of(inst, case, language)
