"""The published Bot API as checks: unknown parameters and wrong types are refused, compiled once per method."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from bot.sandbox.refusal import Refusal, bad_request

Check = Callable[[Any, str], None]


@cache
def _spec() -> Mapping[str, Any]:
    spec: Mapping[str, Any] = json.loads((files("bot.sandbox") / "bot_api.json").read_text("utf-8"))
    return spec


def methods() -> Mapping[str, str]:
    """Return the methods that are served, by their small-letter names: Telegram does not mind the case."""
    return {name.lower(): name for name in _spec()["methods"]}


def check(method: str, params: Mapping[str, Any]) -> None:
    """Raise `Refusal` unless `params` fit the published method."""
    fields = _fields_of(method)
    for name, value in params.items():
        if name not in fields:
            raise bad_request(f"unknown parameter {name}")
        fields[name][0](value, name)
    for name, (_, required) in fields.items():
        if required and params.get(name) in (None, ""):
            raise _missing(method, name)


def _missing(method: str, name: str) -> Refusal:
    if name in ("text", "chat_id"):
        return bad_request({"text": "message text is empty", "chat_id": "chat_id is empty"}[name])
    return bad_request(f"parameter {name} is required")


@cache
def _fields_of(method: str) -> Mapping[str, tuple[Check, bool]]:
    return _compile(_spec()["methods"][method])


def _compile(fields: Mapping[str, Any]) -> Mapping[str, tuple[Check, bool]]:
    return {name: (_any_of(tuple(types)), required) for name, (types, required) in fields.items()}


def _any_of(types: tuple[str, ...]) -> Check:
    checks = [_check_of(one) for one in types]
    if len(checks) == 1:
        return checks[0]

    def either(value: Any, name: str) -> None:
        refusal: Refusal | None = None
        for one in checks:
            try:
                one(value, name)
            except Refusal as error:
                refusal = refusal or error
            else:
                return
        raise refusal or bad_request(f"wrong type of {name}")

    return either


@cache
def _check_of(kind: str) -> Check:
    if kind.startswith("Array of "):
        return _array_of(_check_of(kind.removeprefix("Array of ")))
    if kind in PLAIN:
        return _plain(PLAIN[kind], kind)
    body = _spec()["types"].get(kind)
    if body is None or kind == "InputFile":
        return _plain((str, bytes, tuple), kind)
    if "subtypes" in body:
        return _any_of(tuple(body["subtypes"]))
    return _object(kind)


PLAIN: Mapping[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Boolean": (bool,),
    "True": (bool,),
    "Float": (int, float),
}


def _plain(kinds: tuple[type, ...], kind: str) -> Check:
    strict_bool = bool not in kinds

    def one(value: Any, name: str) -> None:
        if not isinstance(value, kinds) or (strict_bool and isinstance(value, bool)):
            raise bad_request(f'wrong type of "{name}": {kind} expected')

    return one


def _array_of(entry: Check) -> Check:
    def array(value: Any, name: str) -> None:
        if not isinstance(value, list):
            raise bad_request(f'wrong type of "{name}": an array expected')
        for item in value:
            entry(item, name)

    return array


def _object(kind: str) -> Check:
    cached: dict[str, Mapping[str, tuple[Check, bool]]] = {}

    def nested(value: Any, name: str) -> None:
        if not isinstance(value, dict):
            raise bad_request(f'wrong type of "{name}": an object expected')
        fields = cached.get(kind)
        if fields is None:
            fields = cached[kind] = _compile(_spec()["types"][kind]["fields"])
        for key, item in value.items():
            if key not in fields:
                raise bad_request(f'unknown field "{key}" in "{name}"')
            fields[key][0](item, key)
        for key, (_, required) in fields.items():
            if required and key not in value:
                raise bad_request(f'field "{key}" of "{name}" must be specified')

    return nested


def from_form(method: str, name: str, text: str) -> Any:
    """Return a form's value as JSON would have it: a text stays one where the method wants a text alone."""
    kinds = _spec()["methods"][method].get(name, [["String"]])[0]
    if kinds == ["String"]:
        return text
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text
