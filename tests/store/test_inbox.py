"""Updates are kept once and handled in order."""

from sqlalchemy import func, select

from bot.store import inbox
from bot.store.engine import Store
from bot.store.tables import chats
from bot.store.tables import inbox as table
from tests.store.rows import HOUR, NOON, update


async def test_an_update_is_kept_once(store: Store) -> None:
    """An update that Telegram repeats stays as it was first kept, handled or not."""
    async with store.begin() as tx:
        await inbox.keep(tx, [update(1, 10), update(2, 10)])
        await inbox.finish(tx, [1], NOON)
    async with store.begin() as tx:
        await inbox.keep(tx, [update(1, 10) | {"body_enc": b"other"}, update(2, 10), update(3, 11)])
        rows = (await tx.execute(select(table).order_by(table.c.update_id))).all()

    assert [(row.update_id, row.body_enc, row.handled_at) for row in rows] == [
        (1, b"sealed", NOON),
        (2, b"sealed", None),
        (3, b"sealed", None),
    ]


async def test_a_chat_becomes_known_with_its_first_update(store: Store) -> None:
    """The first update of a chat makes its row; updates without a chat make none."""
    async with store.begin() as tx:
        await inbox.keep(tx, [update(1, 10), update(2, None)])
        await inbox.keep(tx, [update(3, 10) | {"received_at": NOON + HOUR}])
        known = (await tx.execute(select(chats.c.chat_id, chats.c.created_at))).all()

    assert [tuple(row) for row in known] == [(10, NOON)]


async def test_claims_bring_what_waits_oldest_first(store: Store) -> None:
    """Handled updates do not come again; the rest comes by number, at most as many as asked for."""
    async with store.begin() as tx:
        await inbox.keep(tx, [update(number, number % 3) for number in (5, 3, 9, 1)])
        await inbox.finish(tx, [3], NOON)
    async with store.begin() as tx:
        assert [row.update_id for row in await inbox.claim(tx, 2)] == [1, 5]


async def test_faults_are_counted(store: Store) -> None:
    """Each failed attempt adds one and keeps the last code."""
    async with store.begin() as tx:
        await inbox.keep(tx, [update(1, 10)])
        assert [await inbox.fault(tx, 1, "KeyError") for _ in range(3)] == [1, 2, 3]
        assert (await tx.execute(select(table.c.fault))).scalar_one() == "KeyError"


async def test_a_faulty_batch_leaves_nothing_half_kept(store: Store) -> None:
    """When keeping fails in the middle, none of the batch is there: Telegram will bring it again."""
    bad = update(2, 10) | {"body_enc": None}
    try:
        async with store.begin() as tx:
            await inbox.keep(tx, [update(1, 10), bad])
    except Exception as error:  # noqa: BLE001 - each driver has its own class for it
        fault = error
    async with store.read() as tx:
        assert (await tx.execute(select(func.count()).select_from(table))).scalar_one() == 0
    assert "sealed" not in str(fault)
