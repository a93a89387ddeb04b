"""`queue`, `board` and `remind`: the scheduler's day from the command line."""

from typing import Annotated, Any

import typer

from bot.app import open_installation
from bot.cli.output import Json, show, show_one, wait
from bot.service.desk.board import board_view
from bot.service.desk.queue.chat import queue_rows
from bot.service.desk.reminders.sets import FILTERS, remind_rows
from bot.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("queue")(queue)
    app.command("board")(board)
    app.command("remind")(remind)


def queue(as_json: Json = False) -> None:
    """List what needs a person, most urgent first, with who has taken it. Working on it is done in the chat."""

    async def look() -> list[dict[str, Any]]:
        async with open_installation(load_settings()) as inst:
            return await queue_rows(inst)

    show(wait(look()), as_json=as_json, empty="Nothing is waiting for a person.")


def board(as_json: Json = False) -> None:
    """Show the board: cases by stage, the queue by kind, today's visits, what waits and why."""

    async def look() -> dict[str, Any]:
        async with open_installation(load_settings()) as inst:
            return await board_view(inst)

    show_one(wait(look()), as_json=as_json)


def remind(
    case: Annotated[str | None, typer.Argument(help="The case reference, for one customer.")] = None,
    chosen: Annotated[str | None, typer.Option("--filter", help=f"A set: {', '.join(FILTERS)}.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would become of each.")] = False,
    as_json: Json = False,
) -> None:
    """Remind customers through the rules; the running bot sends. Shows for each: now, later or not, and why."""

    async def go() -> list[dict[str, Any]]:
        async with open_installation(load_settings()) as inst:
            return await remind_rows(inst, case, chosen, dry_run=dry_run)

    show(wait(go()), as_json=as_json, empty="There is nobody to remind.")
