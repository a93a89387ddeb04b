"""Pointing at a place in a script."""

from flows.script.issue import Issue
from flows.script.model import Place, Script, Text


def place_of(script: Script, text: Text) -> Place:
    """Return where `text` stands in the script's file."""
    return script.places.get(text.context.removeprefix(f"{script.name}/"), Place(1, 1))


def issue(script: Script, key: str, code: str, message: str, way: tuple[str, ...] = ()) -> Issue:
    """Return an issue at the place called `key`; `way` is the conversation that leads there."""
    place = script.places.get(key, Place(1, 1))
    return Issue(script.file, place.line, place.column, code, message, way)
