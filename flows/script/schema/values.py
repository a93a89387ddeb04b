"""What may stand under each key of a script file, as JSON Schema."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.script.choices import STYLES
from flows.script.durations import SHAPE
from flows.script.fields import ID, NAME
from flows.script.model import InputKind, Operator, Party
from flows.script.steps import FORMATS, MAX_COLUMNS

Schema = Mapping[str, Any]

# An id that looks like a number is one to YAML, and the reader takes it.
AN_ID: Schema = {"type": ["string", "integer"], "pattern": f"^{ID.pattern}$", "minimum": 0}
_PLAIN: Schema = {"type": ["string", "integer", "boolean"]}
_ORDERED: Schema = {"type": ["string", "integer"]}
_FLAG: Schema = {"type": "boolean"}
_WHOLE: Schema = {"type": "integer"}
_TRUE: Schema = {"const": True}
_SPAN: Schema = {"type": "string", "pattern": f"^(?!P$){SHAPE.pattern}$"}
_SAYS_SOMETHING: Schema = {"pattern": r"[^\n]"}
_PLACEHOLDERS: Schema = {"pattern": rf"^([^{{}}]|\{{\{{|\}}\}}|\{{{NAME.pattern}\}})*$"}
_SAID: Schema = {"type": "string", "allOf": [_SAYS_SOMETHING, _PLACEHOLDERS]}


def _one_of(values: Sequence[str]) -> Schema:
    return {"enum": [str(value) for value in values]}


def listed(of: str, least: int = 0) -> Schema:
    """Return the schema of a list of one kind of mapping."""
    return {"type": "array", "items": {"$ref": f"#/$defs/{of}"}, "minItems": least}


VALUES: Mapping[str, Schema] = {
    **dict.fromkeys(("script", "id", "then", "owner", "do", "call", "end", "otherwise", "if"), AN_ID),
    **dict.fromkeys(("save", "choices_from", "before"), AN_ID),
    **dict.fromkeys(("say", "ask", "aloud", "hint", "label"), _SAID),
    **dict.fromkeys(("discloses_debt", "in_place", "numbered", "back", "repeatable"), _FLAG),
    **dict.fromkeys(("minimum", "maximum"), _WHOLE),
    **dict.fromkeys(("after", "by"), _SPAN),
    "note": {"type": "string"},
    "version": {"type": "integer", "minimum": 1},
    "columns": {"type": "integer", "minimum": 1, "maximum": MAX_COLUMNS},
    "party": _one_of(tuple(Party)),
    "input": _one_of(tuple(InputKind)),
    "format": _one_of(FORMATS),
    "style": _one_of(("", *STYLES)),
    "lines": {"type": "array", "items": AN_ID},
    "outcomes": {
        "type": "object",
        "propertyNames": {"pattern": AN_ID["pattern"]},
        "additionalProperties": AN_ID,
    },
    "args": {"type": "object"},
    "steps": listed("step", 1),
    "choices": listed("choice"),
    "interrupts": listed("interrupt"),
    "signals": listed("signal"),
    "timeouts": listed("timeout"),
    "branch": listed("case"),
    **dict.fromkeys((Operator.EQUALS, Operator.NOT_EQUALS), _PLAIN),
    **dict.fromkeys((Operator.AT_LEAST, Operator.AT_MOST), _ORDERED),
    **dict.fromkeys((Operator.PRESENT, Operator.ABSENT), _TRUE),
    Operator.ONE_OF: {"type": "array", "items": _PLAIN},
}
