"""A command starts quickly: it reads what it needs and no more."""

import re
import subprocess
import sys

from typer.main import get_group
from typer.testing import CliRunner

from bot.cli import _FILES, app


def test_a_command_pays_for_itself_alone() -> None:
    """What draws, reads spreadsheets, solves or speaks to Telegram is not loaded to list the cases."""
    heavy = "{'matplotlib', 'openpyxl', 'ortools', 'telegram', 'aiohttp', 'fpdf'}"
    code = f"import sys, bot.cli.cases; print(*{heavy} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)

    assert (done.stdout, done.stderr) == ("\n", "")


def test_every_command_is_found_in_its_file() -> None:
    """Each name in the table leads to a command of that name."""
    group = get_group(app)
    context = group.make_context("doorstep", [], resilient_parsing=True)

    found = {name: group.get_command(context, name) for name in group.list_commands(context)}

    assert {name: command.name for name, command in found.items() if command} == {
        name: name for name in found
    }


def test_the_help_lists_the_commands() -> None:
    """`doorstep --help` names every command with what it does."""
    done = CliRunner().invoke(app, ["--help"])

    assert done.exit_code == 0
    assert re.findall(r"│ ([a-z]+) {2,}", done.output) == list(_FILES)
