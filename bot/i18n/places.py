"""Where each text of a script file stands: its line, and the note of its step for the translator."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_TEXT_KEYS = frozenset({"aloud", "ask", "say", "label", "hint"})


@dataclass(frozen=True, slots=True)
class Place:
    """`line` counts from 1; `note` is empty outside a step."""

    line: int
    note: str = ""


def places(source: str) -> Mapping[tuple[str, str], Place]:
    """Return the place of each text by step id (empty outside a step) and English; the first one counts."""
    found: dict[tuple[str, str], Place] = {}
    for step, note, node in _texts(YAML().compose(source), "", ""):
        found.setdefault((step, node.value), Place(node.start_mark.line + 1, note))
    return found


def _texts(node: Node, step: str, note: str) -> Iterator[tuple[str, str, ScalarNode]]:
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _texts(item, step, note)
    if not isinstance(node, MappingNode):
        return
    fields = {key.value: value for key, value in node.value}
    if "ask" in fields or "say" in fields:
        step, note = _scalar(fields, "id"), _scalar(fields, "note")
    for key, value in fields.items():
        if key in _TEXT_KEYS and isinstance(value, ScalarNode):
            yield step, note, value
        else:
            yield from _texts(value, step, note)


def _scalar(fields: Mapping[str, Node], key: str) -> str:
    return str(fields[key].value) if key in fields else ""
