"""A script as somebody names it: `rights`, `rights@1`, or the file of a draft."""

from collections.abc import Mapping
from pathlib import Path

from bot.errors import InputRefused
from bot.library import Library
from bot.text_file import text_of
from flows.errors import ScriptInvalid
from flows.script import Script, link_one, parse


def script_called(library: Library, named: str) -> Script:
    """Return the script that is named, linked. Raises `InputRefused` for one that is not there or is broken."""
    if Path(named).suffix in (".yaml", ".yml"):
        return draft(library.latest, Path(named))
    name, _, version = named.partition("@")
    if not version and name in library.latest:
        return library.latest[name]
    found = library.scripts.get((name, int(version))) if version.isdigit() else None
    if found is None:
        known = ", ".join(f"{one}@{number}" for one, number in sorted(library.scripts))
        raise InputRefused(
            f"There is no script {named}. Write a file that ends in .yaml, or one of: {known}."
        )
    return found


def draft(latest: Mapping[str, Script], file: Path) -> Script:
    """Return the script in a file, linked to the `latest` ones. Raises `InputRefused` with all that is wrong."""
    source = text_of(file)
    try:
        read = parse(source, str(file))
        return link_one(read, {**latest, read.name: read})
    except ScriptInvalid as error:
        raise InputRefused(str(error)) from None
