"""The few statements that the two databases spell differently."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.engine import Tx

Row = dict[str, Any]
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


async def insert_new(tx: Tx, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows; those whose key is there already are left as they are."""
    if rows:
        await tx.execute(_INSERT[tx.dialect.name](table).on_conflict_do_nothing(), list(rows))


async def insert_one(tx: Tx, table: Table, row: Row) -> bool:
    """Insert a row; False when its key is there already. Waits for whoever is about to insert the same."""
    return (
        await tx.execute(_INSERT[tx.dialect.name](table).on_conflict_do_nothing().values(row))
    ).rowcount == 1


async def upsert(tx: Tx, table: Table, rows: Sequence[Row], key: str, keep: Sequence[str] = ()) -> None:
    """Insert rows, or overwrite the columns given (but `keep`) of those whose `key` is there already."""
    if not rows:
        return
    statement = _INSERT[tx.dialect.name](table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in (key, *keep)}
    await tx.execute(statement.on_conflict_do_update(index_elements=[key], set_=changed), list(rows))


def locked(statement: Select[Any], *, skip: bool = False) -> Select[Any]:
    """Lock the rows on PostgreSQL; on SQLite the writing transaction holds the whole database already."""
    return statement.with_for_update(skip_locked=skip)
