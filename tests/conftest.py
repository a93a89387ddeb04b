"""How the tests share a machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.store.databases import POSTGRES, drop_database, new_database

settings.register_profile("shared", deadline=None)  # a busy machine is slow and not wrong
settings.load_profile("shared")

_HERE = Path(__file__).parent
_ALONE = ("e2e", "bench")  # real processes with time limits of their own: two at once and no more
_LONG = ("test_kill", "test_replicas")  # half of their time


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that start whole bots on two workers, where others run beside them (`-n 3 --dist loadgroup`)."""
    for item in items:
        if item.path.relative_to(_HERE).parts[0] in _ALONE:
            item.add_marker(pytest.mark.xdist_group("long" if item.path.stem in _LONG else "short"))


@pytest.fixture(scope="module")
def postgres_url() -> Iterator[str]:
    """Give a module a PostgreSQL database of its own, dropped afterwards."""
    if not POSTGRES:
        pytest.skip(
            "NOT TESTED ON POSTGRESQL: set DOORSTEP_TEST_POSTGRES_URL to a server where databases may be made"
        )
    name, url = new_database()
    yield url
    drop_database(name)
