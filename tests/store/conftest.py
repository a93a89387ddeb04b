"""Every promise of the store is tested on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.engine import Store, open_store
from bot.store.schema import migrate
from tests.store.databases import empty, sqlite_url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def dialect(request: pytest.FixtureRequest) -> str:
    """Name each database in turn."""
    return str(request.param)


@pytest.fixture
def url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a database that may be in any state."""
    return sqlite_url(tmp_path) if dialect == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def bare(url: str) -> AsyncIterator[Store]:
    """Open a database without a single table."""
    store = open_store(url)
    await empty(store)
    yield store
    await store.dispose()


@pytest.fixture
async def store(bare: Store) -> Store:
    """Open an empty database with every table."""
    await migrate(bare)
    return bare
