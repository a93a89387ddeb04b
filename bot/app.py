"""Where the parts are put together, and in which order they start and stop."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import open_clock
from bot.errors import ConfigError
from bot.i18n import catalogues
from bot.library import Library
from bot.service.archive.restore import Restored, restore
from bot.service.conversations.batch import INTAKE_KEY
from bot.service.installation import Installation
from bot.service.performances import perform
from bot.service.person import STAFF_KEY
from bot.settings import Settings
from bot.store import keys
from bot.store.engine import open_store
from bot.store.schema import migrate, require_current
from bot.store.vault import Vault, new_master, parse_master
from bot.telegram.calls import TelegramCalls


async def prepare(settings: Settings) -> None:
    """Make the data folder, the key (if none is set) and the database, or bring them up to date."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if settings.key is None and not settings.key_file.exists():
        settings.key_file.touch(mode=0o600)
        settings.key_file.write_text(new_master())
    store = open_store(settings.database)
    try:
        await migrate(store)
    finally:
        await store.dispose()


async def put_back(settings: Settings, path: Path) -> Restored:
    """Put a backup back into the empty place that the settings name; see `restore` for what it raises."""
    vault = Vault(read_key(settings))
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.database)
    try:
        return await restore(store, vault, open_clock(settings.clock), settings.data_dir, path)
    finally:
        await store.dispose()


def read_key(settings: Settings) -> bytes:
    """Return the master key. Raises `ConfigError` when there is none."""
    if settings.key is not None:
        return parse_master(settings.key.get_secret_value())
    try:
        return parse_master(settings.key_file.read_text())
    except OSError:
        raise ConfigError(
            f"There is no key: run `doorstep init`, or set DOORSTEP_KEY (looked in {settings.key_file})."
        ) from None


def library_of(settings: Settings) -> Library:
    """Return the scripts, packs and products of an installation: the shipped ones and the lender's own."""
    return Library(
        settings.rule_pack, settings.own_packs, products=settings.own_solutions, scripts=settings.own_scripts
    )


@asynccontextmanager
async def open_installation(settings: Settings, *, at_once: bool = False) -> AsyncIterator[Installation]:
    """Open the database (as `open_store` does), read scripts, packs and catalogues; close it at the end."""
    clock = open_clock(settings.clock)
    store = open_store(settings.database, at_once=at_once)
    try:
        await require_current(store)
        vault = Vault(read_key(settings))
        async with store.begin() as tx:
            await keys.ensure(tx, vault, [STAFF_KEY, INTAKE_KEY], clock.now())
        yield Installation(
            settings=settings,
            store=store,
            vault=vault,
            clock=clock,
            catalogues=catalogues.load(own=settings.own_scripts),
            library=library_of(settings),
            calls=TelegramCalls(),
            perform=perform,
        )
    finally:
        await store.dispose()
