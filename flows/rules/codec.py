"""Frozen dataclasses to plain JSON data and back, by their annotations. What has its default is left out.

A class with a `read` of its own is kept as its text.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def encode(value: Any) -> Any:
    """Return `value` as plain JSON data; sets become sorted lists, days and instants ISO text."""
    kind: Any = type(value)
    return _encoder(kind)(value)


@lru_cache(maxsize=128)
def _encoder(kind: Any) -> Callable[[Any], Any]:
    if hasattr(kind, "read"):
        return str
    if is_dataclass(kind):
        return _fields
    return next((write for base, write in _WRITERS if issubclass(kind, base)), _as_is)


def _fields(value: Any) -> Any:
    found = {}
    kind: Any = type(value)
    for name, default in _defaults(kind):
        one = getattr(value, name)
        if one is not default and one != default:
            found[name] = encode(one)
    return found


@lru_cache(maxsize=128)
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((one.name, _default(one)) for one in fields(kind))


def _default(one: Field[Any]) -> Any:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def _as_is(value: Any) -> Any:
    return value


_WRITERS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Any]], ...] = (
    (StrEnum, lambda value: value.value),
    ((date, time), lambda value: value.isoformat()),
    (Mapping, lambda value: {str(key): encode(one) for key, one in value.items()}),
    (frozenset, lambda value: sorted(encode(one) for one in value)),
    (tuple, lambda value: [encode(one) for one in value]),
)


def decode(kind: Any, data: Any) -> Any:
    """Read `data` as a `kind`. Raises ValueError, KeyError or TypeError for what is none."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return None if data is None else decode(_not_none(kind), data)
    if origin is tuple:
        return tuple(decode(get_args(kind)[0], one) for one in data)
    if origin is frozenset:
        return frozenset(decode(get_args(kind)[0], one) for one in data)
    if origin is not None:
        return {key: decode(get_args(kind)[1], one) for key, one in data.items()}
    return _built(kind, data) if is_dataclass(kind) else _SCALARS.get(kind, kind)(data)


def _built(kind: Any, data: Any) -> Any:
    if hasattr(kind, "read"):
        return kind.read(data)
    hints = _hints(kind)
    return kind(**{key: decode(hints[key], one) for key, one in data.items()})


def _not_none(kind: Any) -> Any:
    return next(one for one in get_args(kind) if one is not type(None))


_SCALARS: Mapping[Any, Callable[[Any], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
}


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
