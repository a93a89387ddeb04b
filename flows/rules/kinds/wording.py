"""Conduct and papers: what people must keep to and carry. Shown to them, judged by nobody but them."""

from typing import Any

from flows.rules.kinds.reading import Fault, words


def read_conduct(value: Any) -> str:
    """Read a sentence. Raises Fault when it says nothing."""
    if not isinstance(value, str) or not value.strip():
        raise Fault("write what people must keep to, in a sentence")
    return value.strip()


def read_papers(value: Any) -> frozenset[str]:
    """Read the list of what to carry or show. Raises Fault."""
    return words(value)
