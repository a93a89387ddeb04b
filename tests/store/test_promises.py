"""A case has at most one open promise."""

import asyncio
from datetime import date
from typing import Any

from bot.store import payments, promises
from bot.store.engine import Store
from tests.store.databases import with_store
from tests.store.rows import HOUR, NOON, field_team


def promise(promise_id: int) -> dict[str, Any]:
    """Return a promise of case 1."""
    row = {"id": promise_id, "case_id": 1, "amount": 15000, "due_on": date(2027, 3, 10), "status": "open"}
    return row | {"created_at": NOON}


async def _promise(store: Store, promise_id: int) -> None:
    async with store.begin() as tx:
        await promises.replace_open(tx, promise(promise_id))


async def _statuses(store: Store) -> list[str]:
    async with store.read() as tx:
        return [row.status for row in await promises.of_case(tx, 1)]


async def test_a_new_promise_replaces_the_open_one(store: Store) -> None:
    """The old promise stays on record as replaced; the new one alone is open."""
    async with store.begin() as tx:
        await field_team(tx, range(1, 2))
    await _promise(store, 1)
    await _promise(store, 2)

    assert await _statuses(store) == ["replaced", "open"]


async def test_promises_made_at_once_leave_one_open(store: Store, url: str) -> None:
    """However many are made at the same moment, one is open in the end."""
    async with store.begin() as tx:
        await field_team(tx, range(1, 2))

    def make(number: int) -> Any:
        return with_store(url, lambda one: _promise(one, number))

    await asyncio.gather(*(make(number) for number in range(6)))

    assert sorted(await _statuses(store)) == ["open", *["replaced"] * 5]


async def test_a_kept_promise_stays_kept(store: Store) -> None:
    """A promise that was closed is not replaced by the next one."""
    async with store.begin() as tx:
        await field_team(tx, range(1, 2))
        await promises.replace_open(tx, promise(1))
        await promises.close(tx, 1, "kept", NOON)
        await promises.replace_open(tx, promise(2))
        open_one = await promises.open_of(tx, 1)

    assert await _statuses(store) == ["kept", "open"]
    assert open_one is not None
    assert (open_one.id, open_one.amount, open_one.due_on) == (2, 15000, date(2027, 3, 10))


async def test_payments_are_known_by_reference_and_case(store: Store) -> None:
    """What is recorded is found again by its reference or its case, so that it is not counted twice."""
    row = {"case_id": 1, "paid_at": NOON, "amount": 500, "recorded_at": NOON}
    given = ({"id": 1, "reference": "R"}, {"id": 3, "reference": None}, {"id": 4, "reference": None})
    async with store.begin() as tx:
        await field_team(tx, range(1, 2))
        await payments.add(tx, [row | one for one in given])
        assert [one.id for one in await payments.known(tx, [2], ["R"])] == [1]
        assert {one.id for one in await payments.known(tx, [1], ["other"])} == {1, 3, 4}
        assert await payments.total_since(tx, 1, NOON) == 1500
        assert await payments.total_since(tx, 1, NOON + HOUR) == 0
