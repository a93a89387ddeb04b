"""A YAML 1.2 file as plain nodes with positions. The only importer of ruamel.yaml in `flows.script`."""

import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, NodeEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.parser import RoundTripParser

from flows.errors import ScriptInvalid
from flows.script.issue import Issue

__all__ = ["MappingNode", "Node", "ScalarNode", "SequenceNode", "compose", "plain"]

_WHOLE = re.compile(r"[-+]?\d{1,18}")


def compose(source: str, file: str) -> Node:
    """Return the root node. Raises ScriptInvalid for what is no YAML, or uses anchors, aliases or tags."""
    yaml = YAML()
    yaml.Parser = _Plain
    node, error = _read(yaml, source)
    if refused := yaml.parser.refused:
        raise ScriptInvalid(
            tuple(Issue(file, line, column, code, why) for line, column, code, why in refused)
        )
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark
        raise _no_yaml(file, str(error.problem), mark.line + 1, mark.column + 1)
    if error is not None:
        raise _no_yaml(file, "it holds a character that no text file has")
    if node is None:
        raise _no_yaml(file, "the file is empty")
    return node


def _read(yaml: YAML, source: str) -> tuple[Node | None, YAMLError | None]:
    try:
        return yaml.compose(source), None
    except YAMLError as error:
        return None, error


class _Plain(RoundTripParser):
    """Notes what a plain file does not use while it is read: a pass of its own took as long as the reading."""

    def __init__(self, loader: Any) -> None:
        super().__init__(loader)
        self.refused: list[tuple[int, int, str, str]] = []

    def get_event(self) -> Any:
        """Return the next event."""
        event = super().get_event()
        if isinstance(event, NodeEvent):
            at = event.start_mark.line + 1, event.start_mark.column + 1
            if isinstance(event, AliasEvent) or event.anchor:
                self.refused.append((*at, "FV102", "Write it out: anchors and aliases are not allowed."))
            elif getattr(event, "tag", None):
                self.refused.append((*at, "FV103", "Tags are not allowed."))
        return event


def _no_yaml(file: str, why: str, line: int = 1, column: int = 1) -> ScriptInvalid:
    return ScriptInvalid((Issue(file, line, column, "FV101", f"This is no YAML: {why}."),))


def plain(node: Node) -> object:
    """Return the value of a node: text, whole number, truth, nothing, or lists and mappings of such."""
    if isinstance(node, MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.value]
    return _scalar(node)


def _scalar(node: Node) -> object:
    kind = str(node.tag).rpartition(":")[2]
    text = str(node.value)
    if kind == "int" and _WHOLE.fullmatch(text):
        return int(text)
    if kind == "bool":
        return text.lower() == "true"
    return None if kind == "null" else text
