"""What the schema refuses, the reader refuses as well: no editor marks what would do."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from flows.errors import ScriptInvalid
from flows.script import parse
from flows.script.document import compose, plain
from flows.script.schema import WORDS, schema

SHORT = 15  # steps: what fails is shrunk in seconds
FOLDER = Path(__file__).parents[3] / "flows" / "scripts"
READ = [plain(compose(path.read_text("utf-8"), path.name)) for path in sorted(FOLDER.glob("*/v*.yaml"))]
SOUND = [value for value in READ if isinstance(value, dict) and len(value["steps"]) <= SHORT]
VALIDATOR = Draft202012Validator(schema())
KEYS = st.sampled_from(sorted(map(str, WORDS)))
ODD = st.one_of(
    st.sampled_from(
        ["", "\n", "a", "A b", "{", "{name}", "{{x}}", "PT1H", "P", "P1W2D", "back", "customer", None]
    ),
    st.integers(-1, 9),
    st.booleans(),
    st.sampled_from([[], ["a"], [3], {}, {"a": "b"}, {"a": "B"}, {"id": "a"}]).map(
        deepcopy
    ),  # each spoilt by itself
)


def spots(value: Any) -> list[Any]:
    """Return every list and mapping in `value`."""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [value, *(spot for one in inner for spot in spots(one))] if isinstance(value, dict | list) else []


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """Take a released script; give a key another value, take one away, or add one."""
    value = json.loads(json.dumps(draw(st.sampled_from(SOUND))))
    for _ in range(draw(st.integers(1, 2))):
        spot = draw(st.sampled_from([one for one in spots(value) if one]))
        key = draw(st.sampled_from(range(len(spot)) if isinstance(spot, list) else sorted(spot)))
        change = draw(st.sampled_from(["replace", "drop", "add"]))
        if change == "drop":
            del spot[key]
        elif change == "add" and isinstance(spot, dict):
            spot[draw(KEYS)] = draw(ODD)
        else:
            spot[key] = draw(ODD)
    return value


def reads(value: Any) -> bool:
    """Tell whether the reader takes it; JSON is YAML, so the same file goes through both."""
    try:
        parse(json.dumps(value, ensure_ascii=False), "f.yaml")
    except ScriptInvalid:
        return False
    return True


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(value=spoilt())
def test_the_schema_refuses_nothing_that_reads(value: Any) -> None:
    """Where an editor marks a fault, there is one."""
    marked = [error.message[-200:] for error in VALIDATOR.iter_errors(value)]
    event(f"marked: {bool(marked)}")
    assert not marked or not reads(value), marked
