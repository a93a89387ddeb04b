"""The command line: one file for each group of commands; thin, since the services do the work."""

import sys

import typer

from bot.cli import (
    cases,
    demo,
    desk,
    flows,
    holds,
    intake,
    look,
    money,
    plan,
    risk,
    roster,
    rules,
    run,
    setup,
    solutions,
    staff,
)
from bot.errors import DoorstepError

app = typer.Typer(
    name="doorstep",
    help="A Telegram assistant for a lender's announced, lawful and calm field visits.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for group in (setup, run, intake, cases, staff, roster, plan, desk, holds, look, money, demo):
    group.register(app)
app.add_typer(flows.app, name="flows")
app.add_typer(rules.app, name="rules")
app.add_typer(risk.app, name="risk")
app.add_typer(solutions.app, name="solutions")


def main() -> None:
    """Run a command: 0 on success, 1 on a refused or invalid input (with what to do), 2 on wrong usage."""
    try:
        app()
    except DoorstepError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
