"""Agreements and their instalments on both databases."""

from datetime import date
from typing import Any

from bot.store import agreements, promises
from bot.store.engine import Store, Tx
from tests.store.rows import HOUR, NOON, field_team

SOON = date(2027, 3, 10)


async def agreement(tx: Tx, agreement_id: int, status: str) -> None:
    """Put an agreement of case 1 with two instalments down."""
    row = {"id": agreement_id, "case_id": 1, "terms": {}, "basis": "statement", "authority": "team"}
    made = {"status": status, "made_by": "person:1", "cooling_off": 7, "created_at": NOON}
    await agreements.put(tx, row | made)
    common = {"case_id": 1, "agreement_id": agreement_id, "status": "proposed", "created_at": NOON}
    rows: list[dict[str, Any]] = [
        common | {"id": agreement_id * 10 + number, "number": number, "amount": 100, "due_on": SOON}
        for number in (1, 2)
    ]
    await promises.put(tx, rows)


async def test_a_plan_binds_only_once_it_is_accepted(store: Store) -> None:
    """Proposed instalments are neither open nor payable; accepted ones are, the next first, since the acceptance."""
    async with store.begin() as tx:
        await field_team(tx, range(1, 2))
        await agreement(tx, 1, "shown")
        assert await promises.open_of(tx, 1) is None
        assert await promises.payable(tx, [1]) == []

        assert await agreements.move(tx, 1, ("shown",), "accepted", answered_at=NOON + HOUR)
        await promises.move(tx, 1, "proposed", "open", NOON + HOUR)

        ahead = await promises.open_of(tx, 1)
        assert ahead is not None
        assert (ahead.number, ahead.created_at) == (1, NOON + HOUR)
        assert [row.number for row in await promises.payable(tx, [1])] == [1, 2]


async def test_an_agreement_moves_once(store: Store) -> None:
    """What was answered already is not answered again."""
    async with store.begin() as tx:
        await field_team(tx, range(1, 2))
        await agreement(tx, 1, "shown")

        assert await agreements.move(tx, 1, ("shown",), "accepted")
        assert not await agreements.move(tx, 1, ("shown",), "declined")


async def test_a_new_promise_takes_the_place_of_a_plan(store: Store) -> None:
    """A promise by word replaces the agreement in force with all that is open of it; what was kept stays kept."""
    async with store.begin() as tx:
        await field_team(tx, range(1, 2))
        await agreement(tx, 1, "accepted")
        await promises.move(tx, 1, "proposed", "open", NOON)
        await promises.close(tx, 11, "kept", NOON)
        row = {"id": 5, "case_id": 1, "amount": 50, "due_on": SOON, "status": "open", "created_at": NOON}
        await promises.replace_open(tx, row)

        assert [one.status for one in await promises.of_agreement(tx, 1)] == ["kept", "replaced"]
        assert await agreements.live_of(tx, 1) is None
        assert [one.id for one in await promises.payable(tx, [1])] == [5]
