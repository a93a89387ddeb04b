"""A YAML 1.2 file as plain nodes with positions. The only importer of ruamel.yaml in `flows.script`."""

import re
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, NodeEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from flows.errors import ScriptInvalid
from flows.script.issue import Issue

__all__ = ["MappingNode", "Node", "ScalarNode", "SequenceNode", "compose", "plain"]

_WHOLE = re.compile(r"[-+]?\d{1,18}")
_UNPLAIN = re.compile(r"[&*!]")


def compose(source: str, file: str) -> Node:
    """Return the root node. Raises ScriptInvalid for what is no YAML, or uses anchors, aliases or tags."""
    try:
        node, refused = _read(source, file)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        raise _no_yaml(file, str(error.problem), mark.line + 1, mark.column + 1) from None
    except YAMLError:
        raise _no_yaml(file, "it holds a character that no text file has") from None
    if refused:
        raise ScriptInvalid(refused)
    if node is None:
        raise _no_yaml(file, "the file is empty")
    return node


def _read(source: str, file: str) -> tuple[Node | None, tuple[Issue, ...]]:
    """Read with libyaml, six times as fast; what it refuses, as `[21:00]`, may yet be YAML 1.2, which it is not."""
    try:
        return _read_with(YAML(typ="safe"), source, file)
    except YAMLError:
        return _read_with(YAML(typ="safe", pure=True), source, file)


def _read_with(yaml: YAML, source: str, file: str) -> tuple[Node | None, tuple[Issue, ...]]:
    refused = tuple(_refused(yaml, source, file)) if _UNPLAIN.search(source) else ()
    return yaml.compose(source), refused


def _refused(yaml: YAML, source: str, file: str) -> Iterator[Issue]:
    """Yield what a plain file does not use: composing follows it without a word."""
    for event in yaml.parse(source):
        if isinstance(event, NodeEvent):
            at = event.start_mark.line + 1, event.start_mark.column + 1
            if isinstance(event, AliasEvent) or event.anchor:
                yield Issue(file, *at, "FV102", "Write it out: anchors and aliases are not allowed.")
            elif getattr(event, "tag", None):
                yield Issue(file, *at, "FV103", "Tags are not allowed.")


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
