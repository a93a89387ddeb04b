"""A command starts quickly: it reads what it needs and no more."""

import re
import subprocess
import sys
from importlib.util import find_spec

from typer.main import get_group
from typer.testing import CliRunner

from bot.cli import _FILES, app

HEAVY = {"matplotlib", "numpy", "openpyxl", "ortools", "telegram", "aiohttp", "reportlab", "fontTools"}


def loaded(module: str, heavy: set[str]) -> str:
    """Return which of these a fresh Python has read after it imported the module."""
    code = f"import sys, {module}; print(*sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout.strip()


def test_a_command_pays_for_itself_alone() -> None:
    """What draws, prints, reads spreadsheets, solves or speaks to Telegram is not loaded to list the cases."""
    assert loaded("bot.cli.cases", HEAVY) == ""


def test_the_bot_starts_without_what_it_seldom_needs() -> None:
    """What draws, cuts fonts, writes workbooks or solves is loaded when it is first asked for."""
    assert loaded("bot.cli.run", {"matplotlib", "numpy", "openpyxl", "ortools", "fontTools"}) == ""


def test_the_bot_knows_nothing_of_its_stand_in() -> None:
    """What plays Telegram, and the room around it, are not loaded by the bot."""
    assert loaded("bot.cli.run", {"bot.sandbox", "bot.room", "bot.twin"}) == ""


def test_all_that_is_loaded_late_is_there() -> None:
    """The names above are those of packages that exist: a check of a name that is gone would never fail."""
    assert all(find_spec(name) for name in HEAVY)


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
