"""The command line: one file for each group of commands; thin, since the services do the work."""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from bot.errors import DoorstepError

# A command's file is read when the command is asked for: reading all of them takes longer than most commands do.
_FILES: Mapping[str, str] = {
    "init": "setup",
    "doctor": "setup",
    "run": "run",
    "import": "intake",
    "cases": "cases",
    "case": "cases",
    "invite": "staff",
    "letters": "staff",
    "staff": "roster",
    "plan": "plan",
    "queue": "desk",
    "board": "desk",
    "remind": "desk",
    "hold": "holds",
    "lift": "holds",
    "consent": "holds",
    "visits": "look",
    "brief": "brief",
    "audit": "audit",
    "report": "report",
    "export": "export",
    "retention": "retention",
    "erase": "retention",
    "backup": "backup",
    "restore": "backup",
    "evidence": "evidence",
    "paid": "money",
    "demo": "demo",
    "flows": "flows",
    "rules": "rules",
    "risk": "risk",
    "solutions": "solutions",
}


class _Commands(TyperGroup):
    def list_commands(self, _ctx: Any) -> list[str]:
        return list(_FILES)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        return _read(_FILES[cmd_name]).get(cmd_name) if cmd_name in _FILES else None


def _read(file: str) -> Mapping[str, Any]:
    group = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    import_module(f"bot.cli.{file}").register(group)
    return typer.main.get_group(group).commands


app = typer.Typer(
    cls=_Commands,
    name="doorstep",
    help="A Telegram assistant for a lender's announced, lawful and calm field visits.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _doorstep() -> None:
    """Make a group of it, which Typer else does only for commands that it knows beforehand."""


def main() -> None:
    """Run a command: 0 on success, 1 on a refused or invalid input (with what to do), 2 on wrong usage."""
    try:
        app()
    except DoorstepError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
