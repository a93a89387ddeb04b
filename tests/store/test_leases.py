"""A lease has one holder, until it lets go or dies."""

import asyncio
from datetime import timedelta

from bot.store import leases
from bot.store.engine import Store
from tests.store.databases import with_store
from tests.store.rows import NOON

TERM = timedelta(seconds=30)
INSTANT = timedelta(microseconds=1)


async def _take(store: Store, holder: str, now: timedelta = timedelta()) -> bool:
    async with store.begin() as tx:
        return await leases.take(tx, "sender", holder, NOON + now, NOON + now + TERM)


async def test_one_of_many_gets_the_lease(store: Store, url: str) -> None:
    """Of eight processes that start at the same moment one is the holder."""

    def rival(number: int) -> object:
        return with_store(url, lambda one: _take(one, f"process {number}"))

    got = await asyncio.gather(*(rival(number) for number in range(8)))  # type: ignore[call-overload]

    assert sum(got) == 1
    assert await _take(store, f"process {got.index(True)}")


async def test_the_holder_renews(store: Store) -> None:
    """Whoever renews in time stays the holder for a full term from then on."""
    assert await _take(store, "one")
    assert await _take(store, "one", TERM)
    assert not await _take(store, "two", 2 * TERM)


async def test_a_dead_holder_is_followed(store: Store) -> None:
    """Just after the term, and not before, another takes over; the old holder has lost it then."""
    assert await _take(store, "one")
    assert not await _take(store, "two", TERM)
    assert await _take(store, "two", TERM + INSTANT)
    assert not await _take(store, "one", TERM + 2 * INSTANT)


async def test_a_lease_that_was_let_go_is_free_at_once(store: Store) -> None:
    """A clean stop does not make the next process wait; nobody lets go what another holds."""
    assert await _take(store, "one")
    async with store.begin() as tx:
        await leases.release(tx, "sender", "two")
    assert not await _take(store, "two")
    async with store.begin() as tx:
        await leases.release(tx, "sender", "one")

    assert await _take(store, "two")


async def test_leases_of_other_names_are_other_leases(store: Store) -> None:
    """Holding one name says nothing about another."""
    assert await _take(store, "one")
    async with store.begin() as tx:
        assert await leases.take(tx, "planner", "two", NOON, NOON + TERM)
