"""How the tests share a machine."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("shared", deadline=None)  # a busy machine is slow and not wrong
settings.load_profile("shared")

_HERE = Path(__file__).parent
_ALONE = ("e2e", "bench")  # real processes with time limits of their own: two at once and no more
_LONG = ("test_kill", "test_replicas")  # half of their time


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that start whole bots on two workers, where others run beside them (`-n 3 --dist loadgroup`)."""
    for item in items:
        if item.path.relative_to(_HERE).parts[0] in _ALONE:
            item.add_marker(pytest.mark.xdist_group("long" if item.path.stem in _LONG else "short"))
