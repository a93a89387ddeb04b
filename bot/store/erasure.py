"""Everything that any table has of a case, removed; and which cases that was done to.

What belongs to a case is found by the tables themselves: by `case_id`, by keys to rows that belong to it, and by
`visit_id`, `session_id` ... where there is no key. A new table is covered without being named here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, insert, or_, select, text, union_all, update

from bot.store.engine import Tx
from bot.store.statements import Row
from bot.store.tables import (
    alerts,
    audit,
    cases,
    chats,
    erased_cases,
    inbox,
    keys,
    metadata,
    outbox,
    people,
    sessions,
    timers,
    visits,
)

_STAY = frozenset({audit, erased_cases})
# In the order in which each may belong to one before.
_BY_NAME: Mapping[str, Table] = {
    "visit_id": visits,
    "session_id": sessions,
    "alert_id": alerts,
    "outbox_id": outbox,
}
_SETTLED = ("sent", "failed", "withdrawn")


def _of_case(case_id: int) -> dict[Table, ColumnElement[bool]]:
    """Return, by table and parents first, which rows belong to a case."""
    found: dict[Table, ColumnElement[bool]] = {cases: cases.c.id == case_id}
    for table in dict.fromkeys((*_BY_NAME.values(), *metadata.sorted_tables)):
        if table is not cases and table not in _STAY:
            ways = list(_ways(table, case_id, found))
            if ways:
                found[table] = or_(*ways)
    return found


def _ways(
    table: Table, case_id: int, found: Mapping[Table, ColumnElement[bool]]
) -> Iterator[ColumnElement[bool]]:
    for column in table.c:
        if column.name == "case_id":
            yield column == case_id
            continue
        parents = {key.column.table for key in column.foreign_keys}
        if column.name in _BY_NAME:
            parents.add(_BY_NAME[column.name])
        for parent in parents & (found.keys() - {cases}):
            yield column.in_(select(parent.c.id).where(found[parent]))


async def remove(tx: Tx, case_id: int, chat_id: int | None) -> Mapping[str, int]:
    """Remove every row of a case but those of the log; return how many there were, by table.

    With them go the customer's chat and what came from it, unless another case or a colleague has the same chat,
    and the wording of what colleagues were sent and have written: nobody reads it again, and it may tell of the case.
    """
    if tx.dialect.name == "sqlite":
        await tx.execute(text("PRAGMA secure_delete=ON"))  # what is freed is overwritten
    rows = _of_case(case_id)
    gone = {"timers": await _drop(tx, timers, timers.c.subject_id.in_(_ids(rows)))}
    lost = chats.c.session_id.in_(select(sessions.c.id).where(rows[sessions]))
    await tx.execute(update(chats).where(lost).values(session_id=None))
    for table in reversed(list(rows)):
        gone[table.name] = await _drop(tx, table, rows[table])
    if chat_id is not None:
        gone |= await _drop_chat(tx, chat_id)
    await _blank_staff(tx)
    return {name: count for name, count in gone.items() if count}


def _ids(rows: Mapping[Table, ColumnElement[bool]]) -> Any:
    return union_all(*(select(table.c.id).where(where) for table, where in rows.items() if "id" in table.c))


async def _drop(tx: Tx, table: Table, where: ColumnElement[bool]) -> int:
    return (await tx.execute(delete(table).where(where))).rowcount


async def _drop_chat(tx: Tx, chat_id: int) -> Mapping[str, int]:
    others = exists().where(cases.c.chat_id == chat_id), exists().where(people.c.chat_id == chat_id)
    if (await tx.execute(select(or_(*others)))).scalar_one():
        return {}
    names = {"messages": outbox, "updates": inbox, "chats": chats}
    return {name: await _drop(tx, table, table.c.chat_id == chat_id) for name, table in names.items()}


async def _blank_staff(tx: Tx) -> None:
    staff = select(people.c.chat_id).where(people.c.chat_id.is_not(None))
    settled = ~outbox.c.contact & outbox.c.state.in_(_SETTLED) & outbox.c.chat_id.in_(staff)
    handled = inbox.c.handled_at.is_not(None) & inbox.c.chat_id.in_(staff)
    await tx.execute(update(outbox).where(settled).values(body_enc=b""))
    await tx.execute(update(inbox).where(handled).values(body_enc=b""))


async def destroy_key(tx: Tx, key_id: str, at: datetime) -> None:
    """Overwrite a data key: what was sealed under it can be read by nobody from then on."""
    await tx.execute(update(keys).where(keys.c.id == key_id).values(wrapped=b"", destroyed_at=at))


async def note(tx: Tx, row: Row) -> None:
    """Note that a case was erased."""
    await tx.execute(insert(erased_cases).values(row))


async def noted(tx: Tx) -> Sequence[Any]:
    """Return the cases that were erased, the first one first."""
    return (await tx.execute(select(erased_cases).order_by(erased_cases.c.erased_at))).all()


async def noted_by_refs(tx: Tx, case_refs: Sequence[str]) -> Sequence[Any]:
    """Return those of these references whose case was erased."""
    return (await tx.execute(select(erased_cases).where(erased_cases.c.case_ref.in_(case_refs)))).all()
