"""What comes next: timers and messages alike, the soonest first."""

from datetime import datetime

import pytest

from bot.store import outbox, timers, upcoming
from bot.store.engine import Store
from tests.store.rows import HOUR, NOON, message, timer


async def fill(store: Store) -> None:
    """Let a message wait for eleven and one for two, a timer for one; what is over is there as well."""
    async with store.begin() as tx:
        await timers.put(tx, [timer(1, due_at=NOON + HOUR), timer(2, due_at=NOON - 2 * HOUR, status="done")])
        await outbox.put(
            tx,
            [
                message(3, not_before=NOON - HOUR),
                message(4, not_before=NOON + 2 * HOUR),
                message(5, not_before=NOON - 2 * HOUR, state="sent"),
            ],
        )


@pytest.mark.parametrize(
    ("after", "at", "kind"),
    [
        (None, NOON - HOUR, "message"),
        (NOON - HOUR, NOON + HOUR, "session"),
        (NOON + HOUR, NOON + 2 * HOUR, "message"),
    ],
)
async def test_the_soonest_comes_first(store: Store, after: datetime | None, at: datetime, kind: str) -> None:
    """Of all that waits, or of what is due later than an instant; what is due at that instant is not ahead."""
    await fill(store)
    async with store.read() as tx:
        assert await upcoming.first(tx, after) == upcoming.Upcoming(at, kind)


async def test_nothing_is_ahead(store: Store) -> None:
    """Where nothing waits, nothing comes."""
    await fill(store)
    async with store.read() as tx:
        assert await upcoming.first(tx, NOON + 2 * HOUR) is None


async def test_what_was_due_is_left(store: Store) -> None:
    """A message that was due and has not left is overdue; before its time nothing is."""
    await fill(store)
    async with store.read() as tx:
        assert await upcoming.overdue(tx, NOON)
        assert not await upcoming.overdue(tx, NOON - 2 * HOUR)


async def test_what_is_due_is_named(store: Store) -> None:
    """Whoever asks what waits hears the kinds of timers, and of messages; what is over or later is not among them."""
    await fill(store)
    async with store.read() as tx:
        assert await upcoming.due(tx, NOON - 2 * HOUR) == set()
        assert await upcoming.due(tx, NOON) == {"message"}
        assert await upcoming.due(tx, NOON + HOUR) == {"message", "session"}
