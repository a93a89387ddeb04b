"""Timers are found by their index, and cancelled by their names."""

from datetime import timedelta
from typing import Any

from sqlalchemy import event, text

from bot.store import timers
from bot.store.engine import Store
from tests.store.rows import HOUR, NOON, timer

MANY = 5000
_EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


async def _due(store: Store) -> list[int]:
    async with store.begin() as tx:
        return [row.id for row in await timers.due(tx, NOON, 10)]


async def test_only_what_is_due_fires_earliest_first(store: Store) -> None:
    """A timer is due from its instant on, not a microsecond before; done and cancelled ones never are."""
    early = timedelta(microseconds=1)
    async with store.begin() as tx:
        await timers.put(
            tx,
            [
                timer(1),
                timer(2, due_at=NOON - HOUR),
                timer(3, due_at=NOON + early),
                timer(4, status="done"),
                timer(5, status="cancelled"),
            ],
        )

    assert await _due(store) == [2, 1]


async def test_cancelling_strikes_only_the_named_timer(store: Store) -> None:
    """A timer is cancelled by conversation and key; its neighbours wait on."""
    async with store.begin() as tx:
        await timers.put(
            tx,
            [
                timer(1, subject_id=7, key="a"),
                timer(2, subject_id=7, key="b"),
                timer(3, subject_id=8, key="a"),
                timer(4, subject_id=7, key="a", kind="start_notice"),
            ],
        )
        await timers.cancel(tx, [(7, "a")])

    assert await _due(store) == [2, 3, 4]


async def test_a_subject_loses_all_timers_of_a_kind(store: Store) -> None:
    """A visit that is cancelled takes its timers with it, whatever they are called."""
    async with store.begin() as tx:
        await timers.put(
            tx,
            [timer(1, subject_id=7), timer(2, subject_id=7, key="b"), timer(3, subject_id=7, kind="other")],
        )
        await timers.cancel_subject(tx, "session", 7)

    assert await _due(store) == [3]


async def test_a_postponed_timer_waits_until_then(store: Store) -> None:
    """A timer that was put off is not due before its new time; failures are counted."""
    async with store.begin() as tx:
        await timers.put(tx, [timer(1)])
        assert await timers.fault(tx, 1) == 1
        await timers.postpone(tx, 1, NOON + HOUR)
        assert await timers.count_waiting(tx) == 1

    assert await _due(store) == []


async def test_what_is_due_is_found_by_the_index(store: Store) -> None:
    """Among thousands of waiting timers the due ones are found by index, without a scan and without sorting."""
    asked: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        asked.append((statement, parameters))

    async with store.begin() as tx:
        await timers.put(tx, [timer(number, due_at=NOON + HOUR * (number + 1)) for number in range(MANY)])
        await tx.execute(text("ANALYZE"))
        event.listen(tx.sync_connection, "before_cursor_execute", listen)
        await timers.due(tx, NOON, 100)
        statement, parameters = asked[0]
        plan = (await tx.exec_driver_sql(_EXPLAIN[store.dialect] + statement, parameters)).all()

    told = " ".join(str(row) for row in plan)
    assert "ix_timers_status_due_at" in told
    assert "Seq Scan" not in told
    assert "SORT" not in told.upper()
