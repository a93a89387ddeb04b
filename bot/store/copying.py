"""Every row of every table, out of a database and into another one, whichever kind each of them is."""

import base64
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import Column, Date, column, func, insert, select, table
from sqlalchemy.types import NullType, TypeEngine

from bot.store.engine import Tx
from bot.store.tables import audit, leases, metadata
from bot.store.types import Json, Sealed, UtcDateTime

_PAGE = 500  # rows in memory at once
_KINDS: Mapping[str, tuple[type[TypeEngine[Any]], TypeEngine[Any]]] = {
    "bytes": (Sealed, Sealed()),
    "time": (UtcDateTime, UtcDateTime()),
    "date": (Date, Date()),
    "json": (type(Json), Json),
}
_OUT: Mapping[str, Callable[[Any], Any]] = {"bytes": lambda value: base64.b64encode(value).decode()}
_IN: Mapping[str, Callable[[Any], Any]] = {
    "bytes": base64.b64decode,
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
}

Shape = Mapping[str, str]  # what kind of value each column of a table has, by name


def shapes() -> Mapping[str, Shape]:
    """Return what a copy has of each table, in an order in which what a row refers to is there before it.

    Leases are left out: whoever held one is not there any more.
    """
    return {
        str(one.name): {str(each.name): _kind(each) for each in one.columns}
        for one in metadata.sorted_tables
        if one is not leases
    }


def _kind(of: Column[Any]) -> str:
    return next((kind for kind, (known, _) in _KINDS.items() if isinstance(of.type, known)), "plain")


async def pages(tx: Tx, name: str) -> AsyncIterator[bytes]:
    """Yield the rows of a table as lines of JSON, some hundreds at once."""
    shape = shapes()[name]
    result = await tx.stream(select(metadata.tables[name]).execution_options(yield_per=_PAGE))
    async for page in result.partitions():
        yield b"".join(_line(shape, row) for row in page)


def _line(shape: Shape, row: Sequence[Any]) -> bytes:
    values = [_through(_OUT, kind, value) for kind, value in zip(shape.values(), row, strict=True)]
    return orjson.dumps(values, option=orjson.OPT_APPEND_NEWLINE)


async def fill(tx: Tx, name: str, shape: Shape, lines: Iterable[bytes]) -> int:
    """Put the rows of a copy into a table that has these columns; return how many there were.

    Raises `ValueError` for a line that is no row of this shape.
    """
    columns = [column(one, _KINDS[kind][1] if kind in _KINDS else NullType()) for one, kind in shape.items()]
    statement, count, rest = insert(table(name, *columns)), 0, iter(lines)
    while page := [_row(shape, line) for line in islice(rest, _PAGE)]:
        await tx.execute(statement, page)
        count += len(page)
    return count


def _row(shape: Shape, line: bytes) -> dict[str, Any]:
    values = zip(shape.items(), orjson.loads(line), strict=True)
    return {name: _through(_IN, kind, value) for (name, kind), value in values}


def _through(ways: Mapping[str, Callable[[Any], Any]], kind: str, value: Any) -> Any:
    return ways[kind](value) if value is not None and kind in ways else value


async def go_on_counting(tx: Tx) -> None:
    """Let PostgreSQL number new lines of the log after those that came with a copy; SQLite does so by itself."""
    if tx.dialect.name == "postgresql":
        place = func.pg_get_serial_sequence(audit.name, audit.c.seq.name)
        await tx.execute(select(func.setval(place, func.max(audit.c.seq))).select_from(audit))
