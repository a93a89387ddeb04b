"""Nobody is booked twice."""

import asyncio
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.store import visits
from bot.store.engine import Store
from bot.store.tables import visits as table
from tests.store.databases import with_store
from tests.store.rows import HOUR, NOON, announce, field_team, visit

WANTED = NOON + 48 * HOUR
RIVALS = 6


@pytest.fixture
async def announced(store: Store) -> Store:
    """Announce a visit to each rival, an hour after the other, all by the same two people."""
    async with store.begin() as tx:
        await field_team(tx, range(1, RIVALS + 2))
        rows = [visit(number, number, starts_at=NOON + number * HOUR) for number in range(1, RIVALS + 1)]
        await announce(tx, [row | {"ends_at": row["starts_at"] + HOUR, "status": "noticed"} for row in rows])
    return store


async def _move(store: Store, visit_id: int) -> bool:
    """Move a visit to the wanted slot as rescheduling does: lock, look who is free, move."""
    async with store.begin() as tx:
        await visits.lock_staff(tx, [2, 1])
        if await visits.live_between(tx, WANTED, WANTED + HOUR):
            return False
        return await visits.move_status(
            tx, visit_id, ("noticed",), "confirmed", starts_at=WANTED, ends_at=WANTED + HOUR
        )


async def test_one_of_those_who_want_a_slot_gets_it(announced: Store, url: str) -> None:
    """Six customers want the same slot at the same moment: one gets it, the others are told."""
    got = await asyncio.gather(
        *(with_store(url, partial(_move, visit_id=one)) for one in range(1, RIVALS + 1))
    )

    assert sorted(got) == [False] * (RIVALS - 1) + [True]
    async with announced.read() as tx:
        taken = (await tx.execute(select(table.c.id).where(table.c.starts_at == WANTED))).all()
    assert len(taken) == 1


async def test_a_slot_next_to_a_visit_is_free(announced: Store) -> None:
    """A visit takes its people from its start to its end, and not an instant longer."""
    async with announced.read() as tx:
        before = await visits.live_between(tx, NOON, NOON + HOUR)
        first = await visits.live_between(tx, NOON + HOUR, NOON + 2 * HOUR)

    assert ([row.id for row in before], [row.id for row in first]) == ([], [1])


async def test_the_table_itself_refuses_a_double_booking(announced: Store) -> None:
    """Even code that forgets to look cannot book a collector twice at one time."""
    twice = visit(99, RIVALS + 1, starts_at=NOON + HOUR, ends_at=NOON + 2 * HOUR)
    with pytest.raises(IntegrityError):
        async with announced.begin() as tx:
            await announce(tx, [twice])


async def test_a_case_has_one_live_visit(announced: Store) -> None:
    """A second live visit of a case is refused; after the first has ended there may be one."""
    second = visit(99, 1, starts_at=NOON + 90 * HOUR, ends_at=NOON + 91 * HOUR)
    with pytest.raises(IntegrityError):
        async with announced.begin() as tx:
            await announce(tx, [second])
    async with announced.begin() as tx:
        assert await visits.move_status(tx, 1, ("noticed",), "ended")
        await announce(tx, [second])
        live = await visits.live_of(tx, 1)
    assert live is not None
    assert live.id == 99


async def test_a_status_moves_on_only_from_where_it_should_be(announced: Store) -> None:
    """A visit that was cancelled meanwhile is not confirmed."""
    async with announced.begin() as tx:
        assert await visits.move_status(tx, 1, ("noticed",), "cancelled")
        assert not await visits.move_status(tx, 1, ("noticed", "approved"), "confirmed")
        assert (await visits.by_ids(tx, [1]))[0].status == "cancelled"
