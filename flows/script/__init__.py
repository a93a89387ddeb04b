"""Scripts: the model, the reader, the proofs, the lock."""

from flows.script.issue import Issue
from flows.script.link import link, link_one
from flows.script.model import (
    Ask,
    Branch,
    Call,
    Case,
    Choice,
    Do,
    End,
    InputKind,
    Operator,
    Party,
    Place,
    Say,
    Script,
    Signal,
    Step,
    Text,
    Timeout,
)
from flows.script.parse import parse
from flows.script.places import place_of
from flows.script.texts import texts

__all__ = [
    "Ask",
    "Branch",
    "Call",
    "Case",
    "Choice",
    "Do",
    "End",
    "InputKind",
    "Issue",
    "Operator",
    "Party",
    "Place",
    "Say",
    "Script",
    "Signal",
    "Step",
    "Text",
    "Timeout",
    "link",
    "link_one",
    "parse",
    "place_of",
    "texts",
]
