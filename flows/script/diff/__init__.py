"""What changed between two versions of a script, as a reviewer would say it."""

from flows.script.diff.compare import Diff, compare
from flows.script.diff.words import Change

__all__ = ["Change", "Diff", "compare"]
