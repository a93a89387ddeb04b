"""Values as one writes them on the command line and in transcripts: `name=value`."""

from collections.abc import Mapping

import orjson

from bot.errors import InputRefused


def written(value: object) -> str:
    """Return a value so that `values_of` reads it: a text as it stands unless it would be read as something else."""
    if isinstance(value, str):
        try:
            orjson.loads(value)
        except orjson.JSONDecodeError:
            return value
    return orjson.dumps(value).decode()


def values_of(pairs: list[str]) -> Mapping[str, object]:
    """Return `name=value` pairs; a value is JSON where it is any, else a text. Raises `InputRefused` for no pair."""
    found: dict[str, object] = {}
    for pair in pairs:
        name, is_pair, value = pair.partition("=")
        if not is_pair:
            raise InputRefused(f"Write name=value instead of {pair}.")
        try:
            found[name] = orjson.loads(value)
        except orjson.JSONDecodeError:
            found[name] = value
    return found
