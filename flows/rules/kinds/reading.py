"""Reading the `value` of a rule: a closed set of keys, and faults that say what to write."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, TypeVar

Kind = TypeVar("Kind", bound=StrEnum)


class Fault(ValueError):  # noqa: N818
    """A value is not what its kind reads; `key` is the entry at fault, empty for the whole."""

    def __init__(self, message: str, key: str = "") -> None:
        self.key = key
        super().__init__(message)


def mapping(value: Any, required: Collection[str] = (), optional: Collection[str] = ()) -> Mapping[str, Any]:
    """Return `value` as a mapping with these keys. Raises Fault for an unknown or a missing one."""
    if not isinstance(value, Mapping):
        raise Fault(f"write keys and values: {', '.join((*required, *optional))}")
    for key in value:
        if key not in required and key not in optional:
            raise Fault(f"no key `{key}` here; it may have {', '.join((*required, *optional))}", key)
    for key in required:
        if key not in value:
            raise Fault(f"the key `{key}` is missing")
    return value


def whole(value: Mapping[str, Any], key: str, least: int, default: int | None = None) -> int:
    """Return the whole number under `key`. Raises Fault when it is none, or below `least`."""
    found = value.get(key, default)
    if not isinstance(found, int) or isinstance(found, bool) or found < least:
        raise Fault(f"`{key}`: write a whole number, {least} or more", key)
    return found


def flag(value: Mapping[str, Any], key: str) -> bool:
    """Return the truth under `key`, false when it is not there. Raises Fault for anything else."""
    found = value.get(key, False)
    if not isinstance(found, bool):
        raise Fault(f"`{key}`: write true or false", key)
    return found


def member(value: Mapping[str, Any], key: str, kind: type[Kind], default: Kind) -> Kind:
    """Return one of `kind`. Raises Fault for anything else."""
    found = value.get(key, default.value)
    if found not in set(kind):
        raise Fault(f"`{key}`: write one of {', '.join(kind)}", key)
    return kind(found)


def members(value: Mapping[str, Any], key: str, kind: type[Kind]) -> frozenset[Kind]:
    """Return a list of `kind`, empty when it is not there. Raises Fault for anything else."""
    found = value.get(key, [])
    if not isinstance(found, list) or any(one not in set(kind) for one in found):
        raise Fault(f"`{key}`: write a list of {', '.join(kind)}", key)
    return frozenset(kind(one) for one in found)


def words(value: Any, key: str = "") -> frozenset[str]:
    """Return a list of words, at least one. Raises Fault for anything else."""
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise Fault("write a list of words, at least one", key)
    return frozenset(value)
