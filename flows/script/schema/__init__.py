"""The format of scripts as a JSON Schema, for editors: made of the tables that the reader itself reads by."""

from collections.abc import Mapping
from typing import Any

from flows.script.choices import CHOICE, INTERRUPT, RESERVED, SIGNAL, TIMEOUT
from flows.script.fields import Keys
from flows.script.model import Operator
from flows.script.parse import SCRIPT
from flows.script.schema.values import VALUES, Schema, listed
from flows.script.schema.words import WORDS
from flows.script.steps import CASE, KINDS, TAPPED

__all__ = ["WORDS", "schema"]

_FREE_ID: Schema = {"properties": {"id": {"not": {"enum": sorted(RESERVED)}}}}
_ANSWERABLE: Schema = {
    "dependentRequired": {"lines": ["aloud"], "choices_from": ["then"]},
    "if": {"properties": {"input": {"enum": [str(kind) for kind in TAPPED]}}},
    "then": {
        "anyOf": [
            {"required": ["choices"], "properties": {"choices": {"minItems": 1}}},
            {"required": ["choices_from"]},
        ]
    },
    "else": {"required": ["then"]},
}


def _either(*keys: str) -> Schema:
    return {"oneOf": [{"required": [key]} for key in keys]}


_TIMED: Schema = {
    "allOf": [_either("after", "before"), _either("then", "do")],
    "dependentRequired": {"before": ["by"], "by": ["before"], "do": ["after"], "args": ["do"]},
}
_STEPS: Mapping[str, Schema] = {"ask": _ANSWERABLE}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a script file.

    It refuses nothing that the reader takes. What no schema can say (a step named twice, ten years at most, and all
    that the proofs are about) `flows check` says.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A script of Doorstep",
        **_mapping(SCRIPT, {"timeouts": listed("timeout_of_script")}),
        "$defs": {
            "step": {"oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in KINDS]},
            **{name: {**_mapping(_keys(name)), **_STEPS.get(name, {})} for name in KINDS},
            "choice": {**_mapping(CHOICE), "allOf": [_FREE_ID]},
            "interrupt": {
                **_mapping(INTERRUPT),
                "allOf": [_FREE_ID, _either("then", "call")],
                "dependentRequired": {"outcomes": ["call"]},
            },
            "signal": _mapping(SIGNAL),
            "timeout": {**_mapping(TIMEOUT), **_TIMED},
            "timeout_of_script": {**_mapping(TIMEOUT), **_TIMED, "not": {"required": ["do"]}},
            "case": {**_mapping(CASE), **_either(*map(str, Operator))},
        },
    }


def _keys(kind: str) -> Keys:
    return Keys(kind, ("id", *KINDS[kind].required), KINDS[kind].optional)


def _mapping(keys: Keys, own: Mapping[str, Schema] | None = None) -> dict[str, Any]:
    values = {**VALUES, **(own or {})}
    properties = {
        str(key): {"description": WORDS[key], **values[key]} for key in (*keys.required, *keys.optional)
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(keys.required),
        "additionalProperties": False,
    }
