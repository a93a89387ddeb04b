"""Whether a live conversation can go on, unharmed, on a new version of a script that it runs on."""

from flows.moving.carry import Move, carry
from flows.moving.judge import Fate, Judged, judge

__all__ = ["Fate", "Judged", "Move", "carry", "judge"]
