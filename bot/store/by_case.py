"""Rows of many cases, sorted out: one statement for all of them, and still each case's own."""

from collections.abc import Iterable, Mapping
from typing import Any


def by_case(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    """Return the rows of each case that has any, in their order."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found
