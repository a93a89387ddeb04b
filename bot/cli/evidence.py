"""`evidence`: what a team sent in during visits: listed, and each original given back as it came."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.app import open_installation
from bot.cli.output import Json, show, wait
from bot.service.field.evidence.items import Item
from bot.service.field.evidence.listing import evidence_list
from bot.service.field.evidence.originals import save
from bot.settings import load_settings

app = typer.Typer(help="What a team sent in during visits.", no_args_is_help=True)


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.add_typer(app, name="evidence")


@app.command("list")
def list_(
    case: Annotated[str, typer.Argument(help="The case reference.")],
    as_json: Json = False,
) -> None:
    """List the evidence of a case, oldest first, with hashes and the signals of places. The look is logged."""

    async def look() -> list[dict[str, Any]]:
        async with open_installation(load_settings()) as inst:
            return await evidence_list(inst, case)

    show(wait(look()), as_json=as_json, empty="Nothing was sent in about this case.")


@app.command("get")
def get(
    evidence_id: Annotated[int, typer.Argument(metavar="ID", help="As `doorstep evidence list` shows it.")],
    out: Annotated[Path, typer.Option(help="A file that is not there yet.")],
) -> None:
    """Write an original to a file, as it came; its hash is compared, and who fetched it is logged."""

    async def work() -> Item:
        async with open_installation(load_settings()) as inst:
            return await save(inst, evidence_id, out)

    item = wait(work())
    digest = item.sha256.hex() if item.sha256 else ""
    print(f"{out}: {item.size} bytes, {item.content_type}, SHA-256 {digest}")
