"""The scripts that came with this version and the lender's own, and the words that nobody is told."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from bot.errors import ConfigError
from bot.library.released import released
from flows.errors import ScriptInvalid
from flows.script import Issue, Script, link, link_one, parse
from flows.script.lint import Phrase
from flows.script.lint.wording_file import read_wording
from flows.script.lock import compare, read_lock, sha256_of

SCRIPTS = files("flows") / "scripts"
LOCK = files("flows") / "scripts.lock"
WORDING = files("flows") / "wording"

Scripts = tuple[Mapping[tuple[str, int], Script], Mapping[str, Script]]


@cache
def scripts() -> Scripts:
    """Return every released script by name and version, and the latest of each name, linked.

    Raises `ConfigError` for a file that is broken, or was changed after its release.
    """
    return _linked(_shipped_scripts())


@cache
def _shipped_scripts() -> tuple[Script, ...]:
    return _read_scripts(dict(released(SCRIPTS)), LOCK)


def installed_scripts(own: Path | None) -> Scripts:
    """Return the released scripts, with the lender's own in the folder `own` if there are any."""
    lock = None if own is None else own / LOCK.name
    if own is None or lock is None or not lock.exists():
        return scripts()
    return with_own_scripts(own, lock.read_text("utf-8"))


@cache
def with_own_scripts(own: Path, lock: str) -> Scripts:  # noqa: ARG001 - what the lock says is part of the key
    """Return the released scripts with the lender's own beside them. Raises `ConfigError` as `scripts` does."""
    sources = {str(own / file): source for file, source in released(own)}
    return _linked((*_shipped_scripts(), *_read_scripts(sources, own / LOCK.name)))


def _linked(parsed: Sequence[Script]) -> Scripts:
    latest = link(parsed)
    return {(one.name, one.version): link_one(one, latest) for one in parsed}, latest


def _read_scripts(sources: Mapping[str, str], lock: Traversable) -> tuple[Script, ...]:
    try:
        parsed = tuple(parse(source, file) for file, source in sources.items())
        broken = tuple(changed(parsed, sources, lock))
    except ScriptInvalid as error:
        raise ConfigError(f"The scripts cannot be used:\n{error}") from None
    if broken:
        raise ConfigError("The scripts cannot be used:\n" + "\n".join(map(str, broken)))
    return parsed


def changed(
    parsed: Sequence[Script], sources: Mapping[str, str], lock: Traversable = LOCK
) -> Iterator[Issue]:
    """Yield the released scripts that are not what the lock says."""
    present = [
        (script.name, script.version, sha256_of(source), file)
        for script, (file, source) in zip(parsed, sources.items(), strict=True)
    ]
    yield from compare(read_lock(lock.read_text("utf-8")), present)


@cache
def wording() -> tuple[Phrase, ...]:
    """Return what no customer is told, in every language. Raises `ConfigError` for a file that cannot be read."""
    found = []
    for file in sorted(WORDING.iterdir(), key=lambda entry: entry.name):
        locale, ending = file.name.rsplit(".", 1)
        if ending == "yaml":
            try:
                found += read_wording(file.read_text("utf-8"), locale)
            except ValueError as error:
                raise ConfigError(f"flows/wording/{file.name} cannot be used: {error}") from None
    return tuple(found)
