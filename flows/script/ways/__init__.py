"""A script unfolded over all that it can run, and the shortest ways through it: what proofs about paths rest on."""

from flows.script.ways.shortest import Taken, shortest, spots
from flows.script.ways.telling import tell
from flows.script.ways.unfolded import Frame, Kind, Spot, Unfolded, Way

__all__ = ["Frame", "Kind", "Spot", "Taken", "Unfolded", "Way", "shortest", "spots", "tell"]
