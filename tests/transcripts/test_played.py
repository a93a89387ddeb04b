"""Conversations kept from `doorstep flows play --repro` and `flows explore`, each played again, word for word.

Those that were explored walk what no other test does: CI demands every way of a released script.
DOORSTEP_REWRITE_TRANSCRIPTS=1 writes them anew; what is written must then be read.
"""

from pathlib import Path

import pytest

from bot.drafting.playing import played, read_transcript
from bot.library import Library
from tests.reviewed import hold
from tests.walked import note_all, walked

__all__ = ["walked"]  # a fixture

HERE = Path(__file__).parent
KEPT = sorted(
    str(file.relative_to(HERE)) for folder in ("played", "explored") for file in (HERE / folder).iterdir()
)
LIBRARY = Library("policy-default")


@pytest.mark.parametrize("name", KEPT)
async def test_it_goes_as_it_went(name: str) -> None:
    """What is said, which way is taken, what is remembered and what the rules say: as it was last read."""
    kept = read_transcript(LIBRARY, HERE / name)

    again = await played(LIBRARY, kept.named, kept.persona, kept.deeds, lambda _: None)

    note_all(again.walked)
    hold("\n".join(again.lines) + "\n", HERE / name)
