"""Reading one mapping of a script file key by key. What is wrong is noted, and reading goes on."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from string import Formatter
from typing import NamedTuple, TypeVar

from flows.script.document import MappingNode, Node, ScalarNode, SequenceNode, plain
from flows.script.durations import duration
from flows.script.issue import Issue
from flows.script.model import Place, Text

ID = re.compile(r"[a-z0-9_]+")
NAME = re.compile(r"[a-z][a-z0-9_]*")
E = TypeVar("E", bound=StrEnum)


@dataclass(slots=True)
class Reading:
    """One file being read: what is wrong so far, and where things stand."""

    file: str
    name: str = ""
    issues: list[Issue] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def wrong(self, node: Node, code: str, message: str) -> None:
        """Note an issue where `node` begins."""
        mark = node.start_mark
        self.issues.append(Issue(self.file, mark.line + 1, mark.column + 1, code, message))

    def stands(self, key: str, node: Node) -> None:
        """Remember where the thing called `key` stands; ids are unique, so the first one counts."""
        self.places.setdefault(key, Place(node.start_mark.line + 1, node.start_mark.column + 1))


class Fields:
    """A mapping with a closed set of keys. `what` names it in messages."""

    def __init__(
        self, reading: Reading, node: Node, what: str, required: Collection[str], optional: Collection[str]
    ) -> None:
        self.reading = reading
        self.node = node
        self._what = what
        self._nodes: dict[str, Node] = {}
        if not isinstance(node, MappingNode):
            reading.wrong(node, "FV106", f"{what} is a mapping of keys to values.")
            return
        for key, value in node.value:
            self._take(key, value, {*required, *optional})
        for key in sorted(set(required) - set(self._nodes)):
            reading.wrong(node, "FV105", f"{what} needs the key `{key}`.")

    def _take(self, key: Node, value: Node, allowed: Collection[str]) -> None:
        name = str(key.value)
        if name not in allowed:
            known = ", ".join(sorted(allowed))
            self.reading.wrong(key, "FV104", f"{self._what} has no key `{name}`; it may have {known}.")
        elif name in self._nodes:
            self.reading.wrong(key, "FV107", f"The key `{name}` stands here twice.")
        else:
            self._nodes[name] = value

    def has(self, key: str) -> bool:
        """Tell whether the key is there."""
        return key in self._nodes

    def at(self, key: str) -> Node:
        """Return the node of the value under `key`, or of the whole mapping."""
        return self._nodes.get(key, self.node)

    def wrong(self, key: str, code: str, message: str) -> None:
        """Note an issue at the value under `key`."""
        self.reading.wrong(self.at(key), code, message)

    def _scalar(self, key: str, kind: type, says: str) -> object:
        """Return the value under `key` when it is a `kind`; None when it is missing or another."""
        if key not in self._nodes:
            return None
        value = plain(self._nodes[key]) if isinstance(self._nodes[key], ScalarNode) else None
        if isinstance(value, kind) and isinstance(value, bool) == (kind is bool):
            return value
        self.wrong(key, "FV106", f"`{key}` is {says}.")
        return None

    def string(self, key: str, default: str = "") -> str:
        """Return a text."""
        value = self._scalar(key, str, "a text; put it in quotes")
        return str(value) if value is not None else default

    def number(self, key: str) -> int | None:
        """Return a whole number, if there is one."""
        value = self._scalar(key, int, "a whole number")
        return value if isinstance(value, int) else None

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._scalar(key, bool, "true or false")
        return default if value is None else bool(value)

    def id(self, key: str) -> str:
        """Return an id: small letters, digits and underscores."""
        value = _named(self._nodes[key]) if key in self._nodes else ""
        if key in self._nodes and not ID.fullmatch(value):
            self.wrong(key, "FV108", f"`{key}` is made of small letters, digits and underscores.")
        return value

    def maybe_id(self, key: str) -> str | None:
        """Return an id, if there is one."""
        return self.id(key) if self.has(key) else None

    def member(self, key: str, kind: type[E], default: E) -> E:
        """Return one of the values of `kind`."""
        value = self.string(key, default)
        if value in set(kind):
            return kind(value)
        self.wrong(key, "FV110", f"`{key}` is one of {', '.join(kind)}.")
        return default

    def span(self, key: str) -> timedelta | None:
        """Return a duration, if there is one."""
        if not self.has(key):
            return None
        found = duration(self.string(key))
        if found is None:
            self.wrong(key, "FV111", f"`{key}` is a duration such as PT24H or P3D, ten years at most.")
        return found

    def text(self, key: str, name: str) -> Text:
        """Return a text for people whose context ends in `name`."""
        msgid = self.string(key).strip("\n")
        if not msgid and self.has(key):
            self.wrong(key, "FV106", f"`{key}` says nothing.")
        self.reading.stands(name, self.at(key))
        context = f"{self.reading.name}/{name}"
        return Text(context, msgid, self._placeholders(key, msgid))

    def _placeholders(self, key: str, msgid: str) -> tuple[str, ...]:
        """Return the placeholders of a text in order; a format or conversion in one is refused."""
        try:
            found = [part[1:] for part in Formatter().parse(msgid) if part[1] is not None]
        except ValueError:
            found = [("", None, None)]
        names = tuple(dict.fromkeys(name or "" for name, _, _ in found))
        if any(spec or conversion for _, spec, conversion in found) or not all(map(NAME.fullmatch, names)):
            self.wrong(key, "FV113", "A placeholder is written {name}; a brace for itself is written twice.")
        return names

    def items(self, key: str) -> Iterator[Node]:
        """Yield the entries of a list."""
        node = self._nodes.get(key)
        if isinstance(node, SequenceNode):
            yield from node.value
        elif node is not None:
            self.wrong(key, "FV106", f"`{key}` is a list.")

    def names(self, key: str) -> Iterator[str]:
        """Yield the entries of a list of names."""
        for node in self.items(key):
            if ID.fullmatch(_named(node)):
                yield _named(node)
            else:
                self.reading.wrong(node, "FV108", "A name is made of small letters, digits and underscores.")

    def targets(self, key: str, under: str) -> dict[str, str]:
        """Return a mapping of outcomes to steps."""
        node = self._nodes.get(key)
        if node is not None and not isinstance(node, MappingNode):
            self.wrong(key, "FV106", f"`{key}` is a mapping of outcomes to steps.")
        found: dict[str, str] = {}
        for name, target in node.value if isinstance(node, MappingNode) else ():
            self._target(found, name, target)
            self.reading.stands(f"{under}/outcomes/{name.value}", name)
        return found

    def _target(self, found: dict[str, str], name: Node, target: Node) -> None:
        if not ID.fullmatch(str(name.value)) or not ID.fullmatch(_named(target)):
            self.reading.wrong(name, "FV108", "An outcome and its step are ids: a-z, 0-9 and underscores.")
        elif str(name.value) in found:
            self.reading.wrong(name, "FV107", f"The outcome `{name.value}` stands here twice.")
        else:
            found[str(name.value)] = _named(target)

    def args(self) -> dict[str, object]:
        """Return what an effect is told: a mapping of names to values, empty when there is none."""
        found = self.value("args") if self.has("args") else {}
        if isinstance(found, dict):
            return found
        self.wrong("args", "FV106", "`args` is a mapping of names to values.")
        return {}

    def value(self, key: str) -> object:
        """Return whatever stands under `key` as plain data."""
        return plain(self._nodes[key]) if key in self._nodes else None


def _named(node: Node) -> str:
    """Return what a node names, empty when it is a list or a mapping; `true` and `null` are no names."""
    return str(plain(node)) if isinstance(node, ScalarNode) else ""


class Keys(NamedTuple):
    """The closed set of keys of one kind of mapping; `what` names it in messages."""

    what: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    def read(self, reading: Reading, node: Node) -> Fields:
        """Return the fields of `node`; what is missing or unknown is noted."""
        return Fields(reading, node, self.what, self.required, self.optional)
