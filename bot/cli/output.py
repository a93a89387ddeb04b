"""How commands speak: a table for people, JSON for scripts."""

import asyncio
import json
from collections.abc import Coroutine, Sequence
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

import typer

T = TypeVar("T")

Json = Annotated[bool, typer.Option("--json", help="JSON with stable field names, for scripts.")]


def wait(work: Coroutine[Any, Any, T]) -> T:
    """Run a service to its end."""
    return asyncio.run(work)


def show_json(value: object) -> None:
    """Print JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def show(rows: Sequence[dict[str, Any]], *, as_json: bool, empty: str) -> None:
    """Print rows: as JSON, or as a table whose columns are the fields."""
    if as_json:
        show_json(list(rows))
    elif not rows:
        print(empty)
    else:
        _table(rows)


def show_one(row: dict[str, Any], *, as_json: bool) -> None:
    """Print one thing: as JSON, or field by field."""
    if as_json:
        show_json(row)
        return
    width = max(len(name) for name in row)
    for name, value in row.items():
        print(f"{name:<{width}}  {_plain(value)}")


def _table(rows: Sequence[dict[str, Any]]) -> None:
    names = list(rows[0])
    cells = [[str(_plain(row[name])) for name in names] for row in rows]
    widths = [max(len(name), *(len(line[place]) for line in cells)) for place, name in enumerate(names)]
    for line in [names, *cells]:
        print("  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip())


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return "" if value is None else value
