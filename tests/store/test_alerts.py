"""What waits for a person is said once and taken by one."""

import asyncio
from typing import Any

import pytest

from bot.store import alerts
from bot.store.engine import Store
from tests.store.databases import with_store
from tests.store.rows import HOUR, NOON


def alert(alert_id: int, **columns: Any) -> dict[str, Any]:
    """Return an alert about case 1."""
    row = {
        "id": alert_id,
        "kind": "dispute",
        "urgent": False,
        "case_id": 1,
        "visit_id": None,
        "subject_id": None,
    }
    return row | {"opened_at": NOON} | columns


async def _open(store: Store, *rows: dict[str, Any]) -> list[bool]:
    async with store.begin() as tx:
        return [await alerts.open_alert(tx, row) for row in rows]


@pytest.mark.parametrize(
    ("second", "opened"),
    [
        ({}, False),
        ({"urgent": True}, False),
        ({"kind": "stop"}, True),
        ({"case_id": 2}, True),
        ({"case_id": None}, True),
    ],
)
async def test_the_same_alert_is_open_once(store: Store, second: dict[str, Any], opened: object) -> None:
    """A second alert of the same kind about the same case is not opened beside the first."""
    assert await _open(store, alert(1), alert(2, **second)) == [True, opened]


async def test_alerts_about_different_messages_are_different(store: Store) -> None:
    """Two messages of one case that may be lost are two alerts; the same message is one."""
    rows = [alert(1, subject_id=5), alert(2, subject_id=6), alert(3, subject_id=5)]

    assert await _open(store, *rows) == [True, True, False]


async def test_an_alert_without_a_case_is_open_once(store: Store) -> None:
    """Alerts that belong to no case are compared like all others."""
    assert await _open(store, alert(1, case_id=None), alert(2, case_id=None)) == [True, False]


async def test_a_closed_alert_may_be_opened_anew(store: Store) -> None:
    """What happens again after it was settled is said again; closing is done once."""
    await _open(store, alert(1))
    async with store.begin() as tx:
        assert [await alerts.close(tx, 1, NOON) for _ in "ab"] == [True, False]

    assert await _open(store, alert(2)) == [True]


async def test_urgent_alerts_come_first_then_the_oldest(store: Store) -> None:
    """The list begins with what is urgent; within that, with what has waited longest."""
    await _open(
        store,
        alert(1, kind="a"),
        alert(2, kind="b", opened_at=NOON - HOUR),
        alert(3, kind="c", urgent=True, opened_at=NOON + HOUR),
    )
    async with store.read() as tx:
        assert [row.id for row in await alerts.open_ones(tx, 10)] == [3, 2, 1]


async def test_an_alert_is_taken_by_one(store: Store, url: str) -> None:
    """Of six who take an alert at once one has it; that one may take it again."""
    await _open(store, alert(1))

    async def take(one: Store, person: int) -> bool:
        async with one.begin() as tx:
            return await alerts.take(tx, 1, person, NOON)

    got = await asyncio.gather(
        *(with_store(url, lambda one, person=person: take(one, person)) for person in range(6))  # type: ignore[misc]
    )

    assert sum(got) == 1
    assert await take(store, got.index(True))
