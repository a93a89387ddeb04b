"""`run`: the bot itself."""

from typing import Annotated

import typer
import uvloop

from bot.log import start_logging
from bot.server import serve
from bot.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run")(run)


def run(
    webhook_url: Annotated[
        str | None, typer.Option(help="Public https address; without it the bot polls.")
    ] = None,
    port: Annotated[int, typer.Option(help="Where the webhook listens.")] = 8443,
    verbose: Annotated[bool, typer.Option("--verbose", help="More log lines.")] = False,
) -> None:
    """Run the bot until SIGTERM or Ctrl-C; what it took in is finished first."""
    start_logging(verbose=verbose)
    uvloop.run(serve(load_settings(), webhook_url=webhook_url, port=port))
