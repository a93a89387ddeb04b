"""The README tells the truth about the tree, the settings and the commands."""

import re
from pathlib import Path

import pytest
from typer.main import get_group

from bot.cli import app
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def mapped() -> list[str]:
    """Return every path of the map; a line that is indented further stands inside the folder above it."""
    tree = README.split("## Where things are")[1].split("```")[1]
    paths: list[str] = []
    folders = {0: ""}
    for line in tree.splitlines():
        names = re.match(r"( *)((?:[\w.]+(?:/[\w.]+)*/?(?: (?=[\w.]+\.py))?)+)", line)
        if names is None:
            continue
        depth = len(names[1])
        here = [folders[depth] + name for name in names[2].split()]
        folders[depth + 2] = here[0]
        paths += here
    return paths


@pytest.mark.parametrize("path", mapped())
def test_a_mapped_path_is_there(path: str) -> None:
    """Every path of the map exists."""
    assert (ROOT / path).exists()


def test_every_room_is_on_the_map() -> None:
    """Every folder and module of the shell and the core is on the map."""
    rooms = {
        f"{root}/{entry.name}{'/' if entry.is_dir() else ''}"
        for root in ("bot", "flows")
        for entry in (ROOT / root).iterdir()
        if not entry.name.startswith(("__", "."))
    }

    missing = rooms - set(mapped()) - {"flows/errors.py", "flows/scripts.lock"}

    assert missing == set()


def test_every_setting_is_in_the_table() -> None:
    """The table lists the settings that there are, and no others."""
    listed = set(re.findall(r"^\| `DOORSTEP_(\w+)` \|", README, re.MULTILINE))

    assert listed == {name.upper() for name in Settings.model_fields}


def test_every_command_is_in_the_table() -> None:
    """Every command of the command line stands in the README."""
    group = get_group(app)
    names = group.list_commands(group.make_context("doorstep", [], resilient_parsing=True))

    assert [name for name in names if f"`{name}" not in README and f"doorstep {name}" not in README] == []
