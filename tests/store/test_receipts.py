"""Receipts of the rules on both databases."""

from typing import Any

from bot.store import outbox, receipts, visits
from bot.store.engine import Store
from tests.store.rows import HOUR, NOON, announce, field_team, message, visit


def receipt(row_id: int, **columns: Any) -> dict[str, Any]:
    """Return an allowed receipt of case 1 at noon."""
    row = {
        "id": row_id,
        "at": NOON,
        "about": "message",
        "outcome": "allowed",
        "case_id": 1,
        "outbox_id": None,
        "visit_id": None,
        "session_id": None,
        "step": None,
        "verdict": {"outcome": "allowed"},
    }
    return row | columns


async def test_receipts_are_found_by_what_they_are_about(store: Store) -> None:
    """By case, by message, by visit, in the order in which the rules were asked."""
    async with store.begin() as tx:
        rows = [
            receipt(3, outbox_id=7),
            receipt(2, visit_id=8, at=NOON + HOUR),
            receipt(1, case_id=2, visit_id=9),
            receipt(4, outbox_id=7, at=NOON - HOUR),
        ]
        await receipts.put(tx, rows)
        assert [row.id for row in await receipts.of_case(tx, 1)] == [4, 3, 2]
        assert [row.id for row in await receipts.about(tx, 7)] == [4, 3]
        assert [row.id for row in await receipts.about(tx, 9)] == [1]
        assert (await receipts.by_id(tx, 2)).visit_id == 8
        assert await receipts.by_id(tx, 5) is None


async def test_a_span_of_time_has_its_beginning_and_not_its_end(store: Store) -> None:
    """What lies at the end belongs to the next span."""
    async with store.begin() as tx:
        await receipts.put(tx, [receipt(number, at=NOON + number * HOUR) for number in range(4)])
        found = [row.id async for row in receipts.between(tx, NOON + HOUR, NOON + 3 * HOUR)]
    assert found == [1, 2]


async def test_the_last_obstacle_is_the_newest_that_is_no_yes(store: Store) -> None:
    """Why a visit or a message waits is the newest receipt that is not "allowed"."""
    async with store.begin() as tx:
        rows = [
            receipt(1, visit_id=8, outcome="refused"),
            receipt(2, visit_id=8, outcome="wait", at=NOON + HOUR),
            receipt(3, visit_id=8, at=NOON + 2 * HOUR),
        ]
        await receipts.put(tx, rows)
        assert await receipts.last_obstacle(tx, 8) == 2
        assert await receipts.last_obstacle(tx, 9) is None


async def test_a_proposal_takes_its_receipts_with_it(store: Store) -> None:
    """Dropping the proposals drops their receipts, and no others."""
    async with store.begin() as tx:
        await field_team(tx, range(1, 3))
        await announce(tx, [visit(8, 1, status="proposed"), visit(9, 2)])
        await receipts.put(tx, [receipt(1, visit_id=8), receipt(2, case_id=2, visit_id=9)])
        await visits.drop_proposed(tx)
        assert await receipts.about(tx, 8) == []
        assert [row.id for row in await receipts.about(tx, 9)] == [2]


async def test_a_message_is_reworded_alone(store: Store) -> None:
    """What a claimed message says can change before it leaves; nothing else of it does, nor any other."""
    async with store.begin() as tx:
        await outbox.put(tx, [message(1), message(2)])
        await outbox.reword(tx, [{"id": 1, "body_enc": b"new", "text_hash": b"n"}])
        first, second = sorted(await outbox.by_ids(tx, [1, 2]), key=lambda row: row.id)
    assert (first.body_enc, first.text_hash, first.state) == (b"new", b"n", "ready")
    assert second.body_enc == b"sealed"


async def test_what_waits_for_a_later_hour_is_listed(store: Store) -> None:
    """A customer's messages that wait are found, the next one first; what may go now or went is not."""
    mine = {"contact": True, "case_id": 1}
    async with store.begin() as tx:
        rows = [
            message(1, **mine, not_before=NOON + 2 * HOUR),
            message(2, **mine, not_before=NOON + HOUR),
            message(3, **mine),
            message(4, **mine, not_before=NOON + HOUR, state="withdrawn"),
            message(5, contact=True, case_id=2, not_before=NOON + HOUR),
        ]
        await outbox.put(tx, rows)
        assert [row.id for row in await outbox.waiting_of_case(tx, 1, NOON)] == [2, 1]
