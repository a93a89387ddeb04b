"""`doctor`: what is wrong with an installation, one finding a line, each with what to do."""

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from bot import library
from bot.app import read_key
from bot.clock import open_clock
from bot.errors import ConfigError, DoorstepError, StoreFull
from bot.i18n import catalogues
from bot.settings import Settings, load_settings
from bot.store import sessions
from bot.store.engine import open_store
from bot.store.schema import require_current
from bot.store.vault import Vault
from bot.telegram.account import open_account


class Finding(NamedTuple):
    """What was looked at, whether it is good, and how it stands."""

    what: str
    good: bool
    how: str


async def examine() -> list[Finding]:
    """Look at everything; one fault does not hide the next."""
    try:
        settings = load_settings()
    except DoorstepError as error:
        return [Finding("settings", good=False, how=str(error))]
    missing = [name for name in TO_CUSTOMERS if name not in settings.model_fields_set]
    how = ", ".join(f"set DOORSTEP_{name.upper()}: customers read it" for name in missing)
    found = [Finding("settings", good=not missing, how=how or "complete")]
    return found + [await _look(what, look, settings) for what, look in LOOKS]


async def _look(what: str, look: Callable[[Settings], Awaitable[str]], settings: Settings) -> Finding:
    try:
        return Finding(what, good=True, how=await look(settings))
    except DoorstepError as error:
        return Finding(what, good=False, how=str(error))


async def _token(settings: Settings) -> str:
    async with open_account(settings) as account:
        return f"@{account.name}"


async def _key(settings: Settings) -> str:
    Vault(read_key(settings))
    return "readable"


async def _database(settings: Settings) -> str:
    store = open_store(settings.database)
    try:
        await require_current(store)
        return f"{store.dialect}, up to date"
    finally:
        await store.dispose()


async def _disk(settings: Settings) -> str:
    return f"{_room(settings.data_dir):,} MB left"


async def _evidence(settings: Settings) -> str:
    """The folder may be a disk of its own; an original that cannot be written there waits and is tried again."""
    folder = settings.evidence
    there = _there(folder)
    try:
        with TemporaryFile(dir=there):
            pass
    except OSError as error:
        raise StoreFull(
            f"{there} cannot be written ({error.strerror}): let Doorstep write there, or no evidence can be kept"
        ) from None
    return f"{folder} can be written, {_room(folder):,} MB left"


def _room(folder: Path) -> int:
    """Return the megabytes that are left where a folder is or will be. Raises `StoreFull` when they are few."""
    left = shutil.disk_usage(_there(folder)).free // MEGABYTE
    if left < ROOM:
        raise StoreFull(f"only {left} MB left where {folder} is: free some space before nothing can be kept")
    return left


def _there(folder: Path) -> Path:
    """Return the folder, or the nearest one above it: before `init`, or the first photo, it is still to be made."""
    whole = folder.resolve()
    return next(one for one in (whole, *whole.parents) if one.exists())


async def _clock(settings: Settings) -> str:
    rehearsal = " (rehearsal)" if settings.clock else ""
    return f"{open_clock(settings.clock).now():%Y-%m-%d %H:%M} UTC{rehearsal}"


async def _catalogues(settings: Settings) -> str:
    return ", ".join(catalogues.load().locales)


async def _scripts(settings: Settings) -> str:
    by_version, _ = library.installed_scripts(settings.own_scripts)
    own = len(by_version) - len(library.scripts()[0])
    return f"{len(by_version)} released, {own} of them yours, none changed"


async def _conversations(settings: Settings) -> str:
    """A version on which a conversation lives must be here, or nobody can go on with that conversation."""
    by_version, _ = library.installed_scripts(settings.own_scripts)
    store = open_store(settings.database)
    try:
        async with store.read() as tx:
            lived_on = await sessions.lived_on(tx)
    finally:
        await store.dispose()
    lost = [
        f"{row.script} v{row.version} ({row.live})" for row in lived_on if tuple(row[:2]) not in by_version
    ]
    if lost:
        raise ConfigError(
            f"conversations live on versions that are not here: {', '.join(lost)}; "
            f"put {settings.own_scripts} back from the backup"
        )
    return f"{sum(row.live for row in lived_on)} going on, their scripts are here"


async def _rules(settings: Settings) -> str:
    chains = library.packs(settings.rule_pack, settings.own_packs).values()
    packs = {pack.name: pack for chain in chains for pack in chain}
    unreviewed = sorted(name for name, pack in packs.items() if pack.reviewed_by is None)
    note = f"; not yet reviewed by you: {', '.join(unreviewed)}" if unreviewed else ""
    aside = sorted(f"{one.rule} by {one.by}" for pack in packs.values() for one in pack.overrides)
    note += f"; set aside: {', '.join(aside)}" if aside else ""
    return f"{len(packs)} packs{note}"


MEGABYTE = 1_000_000  # bytes
ROOM = 200  # megabytes: some days of a busy office, so that there is time to see to it
TO_CUSTOMERS = ("creditor", "contact")
LOOKS = (
    ("token", _token),
    ("key", _key),
    ("database", _database),
    ("disk", _disk),
    ("evidence", _evidence),
    ("clock", _clock),
    ("catalogues", _catalogues),
    ("scripts", _scripts),
    ("conversations", _conversations),
    ("rule packs", _rules),
)
