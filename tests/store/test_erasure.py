"""Erasing a case takes what any table has of it, and nothing of another, on both databases."""

from typing import Any

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from bot.store import erasure
from bot.store.engine import Store, Tx
from bot.store.tables import (
    alert_messages,
    alerts,
    answers,
    cases,
    chats,
    erased_cases,
    keys,
    metadata,
    outbox,
    sessions,
    timers,
    visits,
)
from tests.store.rows import HOUR, NOON, case, field_team, message, timer, visit


async def lives(tx: Tx, case_id: int) -> None:
    """Put down a visit, a conversation, an item with its message, an answer, a timer and a key of a case."""
    await tx.execute(insert(visits).values(visit(case_id * 10, case_id, starts_at=NOON + case_id * HOUR)))
    await tx.execute(insert(chats).values(chat_id=case_id, created_at=NOON))
    session = {"id": case_id * 11, "chat_id": case_id, "case_id": case_id, "script": "x", "version": 1}
    session |= {"status": "waiting", "turn": 0, "body_enc": b"x", "started_at": NOON, "updated_at": NOON}
    await tx.execute(insert(sessions).values(session))
    await tx.execute(insert(timers).values(timer(case_id * 12, subject_id=case_id * 11)))
    answer = {"id": case_id * 13, "session_id": case_id * 11, "step": "s", "name": "n", "value_enc": b"x"}
    await tx.execute(insert(answers).values(answer | {"at": NOON}))
    await tx.execute(insert(alerts).values(id=case_id * 14, kind="sos", case_id=case_id, opened_at=NOON))
    await tx.execute(insert(outbox).values(message(case_id * 15) | {"visit_id": case_id * 10}))
    await tx.execute(insert(alert_messages).values(outbox_id=case_id * 15, alert_id=case_id * 14, full=True))
    await tx.execute(insert(keys).values(id=f"case:{case_id}", wrapped=b"wrapped", created_at=NOON))


async def everything(store: Store) -> dict[str, list[Any]]:
    """Return all rows of all tables."""
    async with store.read() as tx:
        return {
            table.name: sorted(map(str, (await tx.execute(table.select())).all()))
            for table in metadata.sorted_tables
        }


async def test_a_case_goes_with_all_that_hangs_on_it(store: Store) -> None:
    """Rows without a key to the case go as well: answers, timers, messages to the team; the other case stays whole."""
    async with store.begin() as tx:
        await field_team(tx, range(1, 2))
        await lives(tx, 1)
    alone = await everything(store)
    async with store.begin() as tx:
        await tx.execute(insert(cases).values(case(2)))
        await lives(tx, 2)

    async with store.begin() as tx:
        gone = await erasure.remove(tx, 2, chat_id=2)
        await erasure.destroy_key(tx, "case:2", NOON)

    assert {
        "timers",
        "sessions",
        "answers",
        "alerts",
        "alert_messages",
        "outbox",
        "visits",
        "cases",
    } <= gone.keys()
    async with store.begin() as tx:
        assert (await tx.execute(select(keys.c.wrapped).where(keys.c.id == "case:2"))).scalar_one() == b""
        await tx.execute(delete(keys).where(keys.c.id == "case:2"))
    assert await everything(store) == alone


async def test_a_reference_is_erased_once(store: Store) -> None:
    """That there was a case is on record, once for each reference."""
    row = {"case_id": 1, "case_ref": "A-1", "jurisdiction": "UK", "reason": "asked", "erased_by": "cli"}
    async with store.begin() as tx:
        await erasure.note(tx, row | {"erased_at": NOON})
    with pytest.raises(IntegrityError):
        async with store.begin() as tx:
            await tx.execute(insert(erased_cases).values(row | {"case_id": 2, "erased_at": NOON}))
    async with store.read() as tx:
        assert [one.case_ref for one in await erasure.noted_by_refs(tx, ["A-1", "A-2"])] == ["A-1"]
