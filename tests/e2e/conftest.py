"""Stages for stories with real processes."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.narrator import Narrator
from bot.sandbox.stage import Stage, open_stage
from bot.sandbox.story import ZONES, start_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _checkout_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let child processes find the checkout, installed or not."""
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    monkeypatch.setenv("PYTHONPATH", paths)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """An empty stage on a Monday morning in London; what is told goes to `told.txt` beside it."""
    with (tmp_path / "told.txt").open("w", encoding="utf-8") as told:
        async with open_stage(tmp_path, start_of("en"), Narrator(ZONES["en"], told.write)) as one:
            yield one
