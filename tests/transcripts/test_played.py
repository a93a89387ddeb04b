"""Conversations kept from `doorstep flows play --repro`, each played again, word for word.

DOORSTEP_REWRITE_TRANSCRIPTS=1 writes them anew; what is written must then be read.
"""

from pathlib import Path

import pytest

from bot.drafting.playing import played, read_transcript
from bot.library import Library
from tests.reviewed import hold

FOLDER = Path(__file__).parent / "played"
LIBRARY = Library("policy-default")


@pytest.mark.parametrize("name", sorted(file.name for file in FOLDER.iterdir()))
async def test_it_goes_as_it_went(name: str) -> None:
    """What is said, which way is taken, what is remembered and what the rules say: as it was last read."""
    kept = read_transcript(LIBRARY, FOLDER / name)

    again = await played(LIBRARY, kept.named, kept.persona, kept.done, lambda _: None)

    hold("\n".join(again.lines) + "\n", FOLDER / name)
