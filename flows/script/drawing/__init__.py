"""A script as a picture: what its steps say, what leads where, what a draft changes, what the proofs found."""

from flows.script.drawing.dot import to_dot
from flows.script.drawing.mermaid import to_mermaid
from flows.script.drawing.picture import Arrow, Box, Mark, Picture, draw, standing
from flows.script.voice import ENGLISH, Voice

__all__ = ["ENGLISH", "Arrow", "Box", "Mark", "Picture", "Voice", "draw", "standing", "to_dot", "to_mermaid"]
