"""`visits`: looking at what is planned."""

from typing import Any

import typer

from bot.app import open_installation
from bot.cli.output import Json, show, wait
from bot.service.desk.cases.look import visit_list
from bot.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("visits")(visits)


def visits(as_json: Json = False) -> None:
    """List the visits with their times (in the case's zone), people and status."""

    async def look() -> list[dict[str, Any]]:
        async with open_installation(load_settings()) as inst:
            return await visit_list(inst)

    show(wait(look()), as_json=as_json, empty="No visits yet: `doorstep plan` proposes them.")
