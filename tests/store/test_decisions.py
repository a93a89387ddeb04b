"""Decisions and what is on record of many cases, on both databases."""

from typing import Any

from sqlalchemy import insert

from bot.store import decisions, history
from bot.store.engine import Store, Tx
from bot.store.tables import alerts, cases, payments
from tests.store.rows import HOUR, NOON, case


def decision(row_id: int, case_id: int, treatment: str) -> dict[str, Any]:
    """Return a decision."""
    return {
        "id": row_id,
        "case_id": case_id,
        "treatment": treatment,
        "recommended": "visit_by_two",
        "grades": {"payment": "uncertain"},
        "versions": {"payment": 1},
        "reason_enc": b"sealed",
        "decided_by": "cli",
        "decided_at": NOON,
    }


async def two_cases(tx: Tx) -> None:
    """Put two cases down."""
    await tx.execute(insert(cases), [case(1), case(2)])


async def test_the_newest_decision_of_each_case_counts(store: Store) -> None:
    """Earlier ones stay as they were, and a case without one has none."""
    async with store.begin() as tx:
        await two_cases(tx)
        await decisions.put(tx, decision(10, 1, "no_visit"))
        await decisions.put(tx, decision(11, 1, "visit_with_care"))
        newest = await decisions.newest(tx, [1, 2])
        assert [(row.case_id, row.treatment) for row in newest] == [(1, "visit_with_care")]
        assert [row.treatment for row in await decisions.of_case(tx, 1)] == ["no_visit", "visit_with_care"]
        assert newest[0].grades == {"payment": "uncertain"}


async def test_the_last_payment_of_each_case(store: Store) -> None:
    """Of several payments the latest is returned, as an aware instant."""
    async with store.begin() as tx:
        await two_cases(tx)
        common = {"amount": 100, "reference": None, "recorded_at": NOON}
        rows = [common | {"id": at, "case_id": 1, "paid_at": NOON + at * HOUR} for at in (1, 3, 2)]
        await tx.execute(insert(payments), rows)
        found = await history.payments_of(tx, [1, 2])
        assert [(row.case_id, row.paid_at) for row in found] == [(1, NOON + 3 * HOUR)]


async def test_a_visit_counts_once_however_often_help_was_called(store: Store) -> None:
    """Two calls for help on one visit are one visit on which help was called."""
    async with store.begin() as tx:
        await two_cases(tx)
        common = {"case_id": 1, "kind": "sos", "urgent": True, "opened_at": NOON}
        rows = [common | {"id": row, "visit_id": visit} for row, visit in ((1, 7), (2, 7), (3, 8))]
        await tx.execute(insert(alerts), rows)
        found = await history.visits_with_alert(tx, [1, 2], "sos")
        assert [(row.case_id, row.visits) for row in found] == [(1, 2)]
