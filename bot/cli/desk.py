"""`queue`: what needs a person."""

from typing import Any

import typer

from bot.app import open_installation
from bot.cli.output import Json, show, wait
from bot.service.desk.queue import queue_rows
from bot.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("queue")(queue)


def queue(as_json: Json = False) -> None:
    """List what needs a person, most urgent first, with who has taken it. Working on it is done in the chat."""

    async def look() -> list[dict[str, Any]]:
        async with open_installation(load_settings()) as inst:
            return await queue_rows(inst)

    show(wait(look()), as_json=as_json, empty="Nothing is waiting for a person.")
