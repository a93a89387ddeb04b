"""What the proofs take for granted of how scripts are begun is what the code does."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bot import library
from bot.begun import BEGUN

BOT = Path(__file__).parents[3] / "bot"
NAMES = {*library.scripts()[1]}


def begun() -> Iterator[tuple[str, set[str]]]:
    """Yield each script that is named where conversations are begun, with the values given to it there."""
    for file in BOT.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        constants = {
            target.id: node.value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(tree):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr == "begin"
            ):
                yield from _named(call, constants)


def _named(call: ast.Call, constants: dict[str, object]) -> Iterator[tuple[str, set[str]]]:
    for first in call.args[:1]:
        name = first.value if isinstance(first, ast.Constant) else constants.get(getattr(first, "id", ""))
        given = next((word.value for word in call.keywords if word.arg == "values"), None)
        keys = given.keys if isinstance(given, ast.Dict) else ()
        if isinstance(name, str) and name in NAMES:
            yield name, {str(key.value) for key in keys if isinstance(key, ast.Constant)}


def test_every_script_that_is_begun_is_proven_as_one() -> None:
    """No script is begun anywhere that the proofs do not know of."""
    found = [name for name, _ in begun()]

    assert len(found) > 10
    assert {*found} <= {*BEGUN}


def test_the_values_they_begin_with_are_those() -> None:
    """Where the values stand in the call, they are the ones that the proofs count on."""
    for name, values in begun():
        assert not values or {*BEGUN[name].values} <= values


def test_nothing_is_forgotten_or_made_up() -> None:
    """A script is begun or run by another one; each name is a released script."""
    scripts = library.scripts()[1].values()
    run = {name for script in scripts for name in script.linked}

    assert NAMES - run <= {*BEGUN}
    assert {*BEGUN} <= NAMES
