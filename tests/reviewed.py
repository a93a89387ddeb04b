"""Texts that were read by a person and are kept: what is said now is held against them."""

import os
from pathlib import Path

REWRITE = "DOORSTEP_REWRITE_TRANSCRIPTS" in os.environ


def hold(told: str, path: Path) -> None:
    """Hold what was said against the text at `path`; with DOORSTEP_REWRITE_TRANSCRIPTS=1 write it anew instead."""
    if REWRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(told, "utf-8")
    assert told == path.read_text("utf-8")
