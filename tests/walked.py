"""The ways of the scripts that tests walk: `flows coverage` holds them against all that there are."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from bot.drafting.walked import line_of
from bot.service.conversations.conversation import Conversation
from flows.engine import Turn, Walked

_WALKED: set[Walked] = set()


def note(_: Conversation, turn: Turn) -> None:
    """Take note of the ways that a conversation takes."""
    note_all(turn.walked)


def note_all(ways: Collection[Walked]) -> None:
    """Take note of ways."""
    _WALKED.update(ways)


@pytest.fixture(scope="session", autouse=True)
def walked() -> Iterator[None]:
    """Write what the tests of this process walked into the folder DOORSTEP_WALKED, if it is set."""
    yield
    folder = os.environ.get("DOORSTEP_WALKED")
    if folder:
        file = Path(folder) / f"{os.getpid()}.txt"
        file.write_text("".join(f"{line_of(one)}\n" for one in sorted(_WALKED)), "utf-8")
