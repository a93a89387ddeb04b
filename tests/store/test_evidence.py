"""Evidence waits to be fetched, and how it ends is written down once."""

from datetime import timedelta
from typing import Any

from bot.store import evidence
from bot.store.engine import Store
from tests.store.rows import NOON, announce, field_team, visit

SECOND = timedelta(seconds=1)
UNTIL = NOON + timedelta(minutes=3)


def piece(number: int, **columns: Any) -> dict[str, Any]:
    """Return a piece of evidence that is due to be fetched."""
    row = {
        "id": number,
        "case_id": 1,
        "visit_id": 1,
        "person_id": 1,
        "chat_id": 902,
        "step": "onsite.reason",
        "kind": "photo",
        "state": "received",
        "file_ref": f"f-{number}",
        "unique_ref": f"u-{number}",
        "detail_enc": b"sealed",
        "said_at": NOON + number * SECOND,
        "received_at": NOON,
        "due_at": NOON,
    }
    return row | columns


async def begun(store: Store, *rows: dict[str, Any]) -> None:
    """Begin visits of two cases, and have pieces sent in."""
    async with store.begin() as tx:
        await field_team(tx, range(1, 3))
        await announce(tx, [visit(1, 1, status="ended"), visit(2, 2, status="ended")])
        for row in rows:
            await evidence.add(tx, row)


async def claimed(store: Store, at: timedelta = timedelta(), limit: int = 9) -> list[int]:
    """Return the ids of what can be claimed so long after noon, by both clocks."""
    now = NOON + at
    async with store.begin() as tx:
        return [row.id for row in await evidence.claim(tx, now, now, now + timedelta(minutes=3), limit)]


async def test_what_is_due_is_claimed_once(store: Store) -> None:
    """The longest due comes first and is held; whoever held it and died lets it go in time, or at the next start."""
    await begun(
        store, piece(1, due_at=NOON + SECOND), piece(2), piece(3, state="kept"), piece(4, due_at=None)
    )
    async with store.read() as tx:
        assert await evidence.waits(tx, NOON, NOON)
        assert not await evidence.waits(tx, NOON - SECOND, NOON)

    assert await claimed(store, 2 * SECOND, limit=1) == [2]
    assert await claimed(store, 2 * SECOND) == [1]
    assert await claimed(store, 3 * SECOND) == []
    assert sorted(await claimed(store, timedelta(minutes=4))) == [1, 2]
    async with store.begin() as tx:
        await evidence.release(tx)
    assert sorted(await claimed(store, timedelta(minutes=4))) == [1, 2]
    async with store.read() as tx:
        attempts = {row.id: row.attempts for row in await evidence.of_case(tx, 1)}
    assert attempts == {1: 3, 2: 3, 3: 0, 4: 0}


async def test_an_end_is_written_once(store: Store) -> None:
    """Two workers that fetched the same file: the first one's word stands."""
    await begun(store, piece(1))
    await claimed(store)
    async with store.begin() as tx:
        assert await evidence.settle(tx, 1, state="kept", sha256=b"h")
        assert not await evidence.settle(tx, 1, state="lost")
        row = await evidence.by_id(tx, 1)

    assert row is not None
    assert (row.state, row.sha256, row.held_until) == ("kept", b"h", None)


async def test_the_same_is_found_within_its_case(store: Store) -> None:
    """By Telegram's id and by its hash, the oldest that is kept; in another case it is another piece."""
    kept = {"state": "kept", "sha256": b"h", "unique_ref": "u"}
    elsewhere = kept | {"case_id": 2, "visit_id": 2}
    await begun(store, piece(1, unique_ref="u"), piece(2, **kept), piece(3, **kept), piece(4, **elsewhere))
    async with store.begin() as tx:
        found = [
            await evidence.of_unique(tx, 1, "u"),
            await evidence.of_hash(tx, 1, b"h"),
            await evidence.of_unique(tx, 2, "u"),
            await evidence.of_hash(tx, 2, b"h"),
            await evidence.of_hash(tx, 1, b"other"),
        ]

    assert [row.id if row is not None else None for row in found] == [2, 2, 4, 4, None]


async def test_what_belongs_together(store: Store) -> None:
    """An album by its chat and name, a person's last places at whatever visit, what came before of a kind."""
    place = {"kind": "location", "state": "kept"}
    await begun(
        store,
        piece(1, album="7"),
        piece(2, album="7"),
        piece(3, album="7", chat_id=903),
        piece(4, **place),
        piece(5, **place, case_id=2, visit_id=2),
        piece(6, **place, person_id=2),
    )
    async with store.read() as tx:
        album = await evidence.of_album(tx, 902, "7")
        places = await evidence.last_places(tx, 1, 5)
        earlier = [await evidence.count_before(tx, 1, 1, "photo", one) for one in (1, 2, 3)]
        visited = await evidence.of_visit(tx, 2)

    assert [row.id for row in album] == [1, 2]
    assert [row.id for row in places] == [5, 4]
    assert earlier == [0, 1, 2]
    assert [row.id for row in visited] == [5]


async def test_what_is_missing(store: Store) -> None:
    """What somebody sent in that was not kept, as long as nothing came in its place and it is not too old."""
    await begun(
        store,
        piece(1, state="lost"),
        piece(2, state="refused"),
        piece(3, state="lost", person_id=2),
        piece(4, state="kept", first_id=2),
    )
    async with store.read() as tx:
        found = [
            await evidence.gaps_of(tx, person, NOON + late * SECOND)
            for person in (1, 2)
            for late in (0, 1, 2)
        ]

    assert [[row.id for row in rows] for rows in found] == [[1], [1], [], [3], [3], [3]]
