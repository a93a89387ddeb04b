"""What the fields of a pack and of a rule have in common: words, lists of them, days."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flows.script.fields import Fields

E = TypeVar("E", bound=StrEnum)


def said(fields: Fields, key: str) -> str:
    """Return a text, and note it when it says nothing."""
    found = fields.string(key)
    if fields.has(key) and not found.strip():
        fields.wrong(key, "FR114", f"`{key}` says nothing.")
    return found


def member_or(fields: Fields, key: str, kind: type[E], default: E) -> E:
    """Return one of the values of `kind`, the default when the key is not there."""
    return fields.member(key, kind, default) if fields.has(key) else default


def members(fields: Fields, key: str, kind: type[E]) -> frozenset[E]:
    """Return a list of values of `kind`, at least one; empty when the key is not there."""
    known = set(kind)
    return frozenset(kind(one) for one in _listed(fields, key, known.__contains__, ", ".join(kind)))


def words(fields: Fields, key: str) -> frozenset[str]:
    """Return a list of words, at least one; empty when the key is not there."""
    return frozenset(_listed(fields, key, lambda one: isinstance(one, str), "words"))


def _listed(fields: Fields, key: str, fits: Callable[[Any], bool], says: str) -> list[Any]:
    given = fields.value(key)
    if isinstance(given, list) and given and all(map(fits, given)):
        return given
    if fields.has(key):
        fields.wrong(key, "FR107", f"`{key}` is a list of {says}.")
    return []


def day(fields: Fields, key: str) -> date | None:
    """Return a day, if there is one."""
    if not fields.has(key):
        return None
    try:
        return date.fromisoformat(str(fields.value(key)))
    except ValueError:
        fields.wrong(key, "FR110", f"`{key}` is a day such as 2026-11-24.")
        return None


def in_order(fields: Fields, first: date | None, last: date | None) -> None:
    """Note it when something ends before it begins."""
    if first is not None and last is not None and last < first:
        key = "effective_to" if fields.has("effective_to") else "until"
        fields.wrong(key, "FR116", "This ends before it begins.")
