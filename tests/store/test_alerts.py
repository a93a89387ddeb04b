"""What waits for a person is said once and taken by one."""

import asyncio
from typing import Any

import pytest

from bot.store import alerts
from bot.store.engine import Store, open_store
from tests.store.databases import with_store
from tests.store.rows import HOUR, NOON


def alert(alert_id: int, **columns: Any) -> dict[str, Any]:
    """Return an alert about case 1."""
    row = {
        "id": alert_id,
        "kind": "dispute",
        "case_id": 1,
        "subject_id": None,
    }
    return row | {"opened_at": NOON} | columns


async def _open(store: Store, *rows: dict[str, Any], per_subject: bool = False) -> list[bool]:
    async with store.begin() as tx:
        return [(await alerts.open_alert(tx, row, per_subject=per_subject))[1] for row in rows]


@pytest.mark.parametrize(
    ("second", "opened"),
    [
        ({}, False),
        ({"subject_id": 7}, False),
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

    assert await _open(store, *rows, per_subject=True) == [True, True, False]


async def test_an_alert_without_a_case_is_open_once(store: Store) -> None:
    """Alerts that belong to no case are compared like all others."""
    assert await _open(store, alert(1, case_id=None), alert(2, case_id=None)) == [True, False]


async def test_a_second_one_names_the_first(store: Store) -> None:
    """Whoever opens what is open already learns which it is."""
    async with store.begin() as tx:
        found = [await alerts.open_alert(tx, alert(number)) for number in (1, 2)]

    assert found == [(1, True), (1, False)]


async def test_a_closed_alert_may_be_opened_anew(store: Store) -> None:
    """What happens again after it was settled is said again; settling is done once."""
    await _open(store, alert(1))
    async with store.begin() as tx:
        assert [await alerts.settle(tx, 1, 7, b"note", NOON) for _ in "ab"] == [True, False]

    assert await _open(store, alert(2)) == [True]


async def test_what_settles_itself_stays_settled(store: Store) -> None:
    """An alert whose cause is gone closes whoever has it, and a later note does not open it again."""
    await _open(store, alert(1))
    async with store.begin() as tx:
        await alerts.take(tx, 1, 7, NOON)
        await alerts.settle_itself(tx, [1], NOON)
        assert not await alerts.settle(tx, 1, 7, b"note", NOON)
        row = await alerts.by_id(tx, 1)

    assert row is not None
    assert (row.closed_by, row.note_enc) == (None, None)


async def test_the_list_is_by_urgency_then_age(store: Store) -> None:
    """The list begins with what is urgent; within that, with what has waited longest; unknown kinds come last."""
    await _open(
        store,
        alert(1, kind="calm"),
        alert(2, kind="calm", case_id=2, opened_at=NOON - HOUR),
        alert(3, kind="urgent", opened_at=NOON + HOUR),
        alert(4, kind="unheard_of", opened_at=NOON - HOUR * 2),
    )
    async with store.read() as tx:
        rows = await alerts.open_ones(tx, {"urgent": 0, "calm": 1, "idle": 2}, 10)
        second = await alerts.open_ones(tx, {"urgent": 0, "calm": 1, "idle": 2}, 2, 1)

    assert [row.id for row in rows] == [3, 2, 1, 4]
    assert [row.id for row in second] == [2, 1]


async def test_counts_by_kind(store: Store) -> None:
    """What is open is counted by kind, and how much of it is taken; what is closed is not."""
    await _open(store, alert(1), alert(2, case_id=2), alert(3, case_id=3), alert(4, kind="other"))
    async with store.begin() as tx:
        await alerts.take(tx, 1, 7, NOON)
        await alerts.settle(tx, 2, 7, None, NOON)
        counts = await alerts.count_open(tx)

    assert counts == {"dispute": (2, 1), "other": (1, 0)}


async def test_who_has_it_puts_it_back(store: Store) -> None:
    """Only the one who has an alert gives it back or settles it; a colleague takes it over by naming them."""
    await _open(store, alert(1))
    async with store.begin() as tx:
        await alerts.take(tx, 1, 7, NOON)
        assert not await alerts.put_back(tx, 1, 8)
        assert not await alerts.settle(tx, 1, 8, None, NOON)
        assert not await alerts.take(tx, 1, 8, NOON, over=9)
        assert await alerts.take(tx, 1, 8, NOON, over=7)
        assert not await alerts.take(tx, 1, 9, NOON, over=7)
        assert await alerts.put_back(tx, 1, 8)
        assert await alerts.take(tx, 1, 9, NOON)


async def test_opened_at_once_it_is_open_once(store: Store, url: str) -> None:
    """Six processes that see the same at one moment open one item; the others learn which it is."""

    async def raise_it(one: Store, number: int) -> tuple[int, bool]:
        async with one.begin() as tx:
            found = await alerts.open_alert(tx, alert(number))
            await asyncio.sleep(0.05)  # the others come while this one is not committed yet
            return found

    got = await asyncio.gather(
        *(with_store(url, lambda one, number=number: raise_it(one, number)) for number in range(1, 7))  # type: ignore[misc]
    )

    assert sorted(fresh for _, fresh in got) == [False] * 5 + [True]
    (opened,) = {number for number, _ in got}
    async with store.read() as tx:
        assert [row.id for row in await alerts.open_of_case(tx, 1, ["dispute"])] == [opened]


@pytest.mark.parametrize("dialect", [pytest.param("postgresql", marks=pytest.mark.postgres)])
async def test_one_that_was_never_committed_does_not_count(store: Store, url: str) -> None:
    """Where the first to open it fails, whoever waited for them opens it; on SQLite nobody waits for a row."""
    other = open_store(url)
    async with store.begin() as tx:
        await alerts.open_alert(tx, alert(1))
        waiting = asyncio.create_task(_open(other, alert(2)))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        await tx.rollback()

    assert await waiting == [True]
    await other.dispose()


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
