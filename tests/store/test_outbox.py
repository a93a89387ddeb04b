"""Messages on their way out: what goes, what goes again, what never does."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.store import outbox
from bot.store.engine import Store
from bot.store.tables import outbox as table
from tests.store.rows import HOUR, NOON, message

EVERY_LANE = (0, 1, 2, 3, 4)


async def _put(store: Store, *rows: dict[str, Any]) -> None:
    async with store.begin() as tx:
        await outbox.put(tx, rows)


async def _claim(store: Store, **given: Any) -> list[int]:
    asked: dict[str, Any] = {"now": NOON, "limit": 10, "lanes": EVERY_LANE} | given
    async with store.begin() as tx:
        return [row.id for row in await outbox.claim(tx, **asked)]


async def _states(store: Store) -> dict[int, str]:
    async with store.read() as tx:
        return {row[0]: row[1] for row in (await tx.execute(select(table.c.id, table.c.state))).all()}


def ending(row_id: int, state: str, **columns: Any) -> dict[str, Any]:
    """Return how a message ended, as the services write it down."""
    row = {
        "id": row_id,
        "state": state,
        "message_id": None,
        "fault": None,
        "not_before": None,
        "sent_at": None,
    }
    return row | columns


async def test_claims_go_by_lane_then_by_age(store: Store) -> None:
    """The most urgent lane goes first, within it the oldest; lanes that were not asked for stay."""
    await _put(store, message(1, lane=4), message(2, lane=1), message(3, lane=0), message(4, lane=1))

    assert await _claim(store, lanes=(0, 1)) == [3, 2, 4]
    assert await _states(store) == {1: "ready", 2: "queued", 3: "queued", 4: "queued"}


async def test_a_message_waits_for_its_time(store: Store) -> None:
    """A message goes from its instant on; one that came too late is withdrawn."""
    await _put(
        store,
        message(1, not_before=NOON + HOUR),
        message(2, not_after=NOON - HOUR),
        message(3, not_after=NOON),
    )

    assert await _claim(store) == [3]
    assert (await _states(store))[2] == "withdrawn"


async def test_only_the_newest_prompt_goes(store: Store) -> None:
    """Of prompts that wait in one conversation the newest goes; others' and plain messages go all."""
    await _put(
        store,
        message(1, session_id=5, prompt_no=1),
        message(2, session_id=5, prompt_no=2),
        message(3, session_id=6, prompt_no=1),
        message(4, session_id=5),
    )

    assert await _claim(store) == [2, 3, 4]
    assert (await _states(store))[1] == "withdrawn"


async def test_a_prompt_that_went_already_replaces_the_older_one(store: Store) -> None:
    """An old prompt is withdrawn even when the newer one is gone already."""
    await _put(
        store, message(1, session_id=5, prompt_no=1), message(2, session_id=5, prompt_no=2, state="sent")
    )

    assert await _claim(store) == []


async def test_an_effect_is_put_down_once(store: Store) -> None:
    """A replayed effect does not make a second message, whatever became of the first."""
    await _put(store, message(1, effect_key="e"))
    async with store.begin() as tx:
        await outbox.settle(tx, [ending(1, "sent", message_id=70, sent_at=NOON)])

    await _put(store, message(2, effect_key="e"), message(3))

    assert await _states(store) == {1: "sent", 3: "ready"}


async def test_after_a_crash_contacts_are_in_doubt_and_the_rest_goes_again(store: Store) -> None:
    """What was leaving for a customer is unknown; what had not left, and all that is for staff, is ready again."""
    await _put(
        store,
        message(1, contact=True, state="sending"),
        message(2, contact=True, state="queued"),
        message(3, state="sending"),
        message(4, state="queued"),
        message(5, contact=True, state="sent"),
        message(6, contact=True, state="withdrawn"),
        message(7, contact=True, state="failed"),
    )
    async with store.begin() as tx:
        unknown = await outbox.recover(tx)

    assert [row.id for row in unknown] == [1]
    assert await _states(store) == {
        1: "unknown",
        **dict.fromkeys((2, 3, 4), "ready"),
        5: "sent",
        6: "withdrawn",
        7: "failed",
    }


async def test_what_was_withdrawn_after_it_was_claimed_stays_here(store: Store) -> None:
    """Only what nobody has withdrawn meanwhile may leave, and giving rows back does not bring the others to life."""
    await _put(store, *(message(one, contact=True, case_id=7) for one in (1, 2, 3)))
    await _claim(store, limit=2)
    async with store.begin() as tx:
        await outbox.withdraw_case(tx, 7)
        await outbox.put(tx, [message(4, contact=True, case_id=7)])
    await _claim(store)

    async with store.begin() as tx:
        assert set(await outbox.mark_sending(tx, [1, 2, 4])) == {4}
        await outbox.settle(tx, [ending(1, "ready"), ending(4, "ready")])

    assert await _states(store) == {1: "withdrawn", 2: "withdrawn", 3: "withdrawn", 4: "ready"}


async def test_recovering_twice_changes_nothing(store: Store) -> None:
    """A second crash during recovery does not let a doubtful message go."""
    await _put(store, message(1, contact=True, state="sending"))
    async with store.begin() as tx:
        await outbox.recover(tx)
    async with store.begin() as tx:
        assert list(await outbox.recover(tx)) == []

    assert await _states(store) == {1: "unknown"}


async def test_a_doubtful_message_goes_again_when_a_person_says_so(store: Store) -> None:
    """Only an unknown one goes again, once, and it does not count as sent meanwhile."""
    await _put(store, message(1, contact=True, state="unknown"), message(2, contact=True, state="sent"))
    async with store.begin() as tx:
        again = [await outbox.send_again(tx, row_id, NOON) for row_id in (1, 1, 2, 3)]

    assert again == [True, False, False, False]
    assert await _claim(store) == [1]


@pytest.mark.parametrize(
    ("name", "given", "goes"),
    [
        ("withdraw_session", 5, {1, 4, 5}),
        ("withdraw_case", 7, {1, 2, 4}),
        ("withdraw_chat", 100, {1, 2, 4, 5}),
    ],
)
async def test_withdrawing_takes_back_what_waits_for_the_customer(
    store: Store, name: str, given: int, goes: set[int]
) -> None:
    """What waits is withdrawn; what is leaving, what was sent and what is for staff stays."""
    customer = {"contact": True, "case_id": 7, "chat_id": 100, "session_id": 5}
    await _put(
        store,
        message(1, **customer, state="ready"),
        message(2, **customer | {"case_id": 7, "session_id": 6, "chat_id": 101}, state="queued"),
        message(3, **customer, state="sending"),
        message(4, **customer, state="queued"),
        message(5, **customer | {"case_id": 8}, state="ready"),
        message(6, **customer | {"contact": False}, state="ready"),
        message(7, **customer, state="sent"),
    )
    before = await _states(store)
    async with store.begin() as tx:
        await getattr(outbox, name)(tx, given)

    after = await _states(store)
    assert {row_id for row_id in after if after[row_id] != before[row_id]} <= goes
    assert {row_id for row_id, state in after.items() if state == "withdrawn"} == goes - (
        {2} if given == 100 else set()
    )


async def test_what_is_held_back_waits(store: Store) -> None:
    """A claimed message that the rules do not allow yet is ready for later; a refused one never is."""
    await _put(store, message(1), message(2))
    await _claim(store)
    async with store.begin() as tx:
        later = {"id": 1, "state": "ready", "not_before": NOON + HOUR}
        never = {"id": 2, "state": "withdrawn", "not_before": NOON}
        await outbox.hold_back(tx, [later, never])

    assert await _claim(store) == []
    assert await _claim(store, now=NOON + HOUR) == [1]


async def test_an_ending_keeps_what_it_does_not_tell(store: Store) -> None:
    """A failed edit does not forget the message's id; every ending counts as an attempt."""
    await _put(store, message(1, session_id=5, prompt_no=1))
    async with store.begin() as tx:
        await outbox.settle(tx, [ending(1, "sent", message_id=70, sent_at=NOON)])
        await outbox.settle(tx, [ending(1, "ready", fault="server fault 502", not_before=NOON + HOUR)])
        row = (await outbox.by_ids(tx, [1]))[0]

        assert (row.message_id, row.attempts, row.not_before) == (70, 2, NOON + HOUR)
        assert await outbox.message_of(tx, 5, 1) == 70


async def test_contacts_are_what_may_have_reached_the_customer_unasked(store: Store) -> None:
    """Unasked messages count from when they were sent, doubtful ones too; replies and unsent ones do not."""
    base = {"contact": True, "case_id": 7, "purpose": "reminder"}
    await _put(
        store,
        message(1, **base, state="sent"),
        message(2, **base, state="unknown"),
        message(3, **base),
        message(4, **base | {"purpose": "reply"}, state="sent"),
        message(5, **base | {"case_id": 8}, state="sent"),
        message(6, **base, state="sent"),
    )
    async with store.begin() as tx:
        sent = [ending(one, "sent", sent_at=NOON) for one in (1, 2, 4, 5)]
        await outbox.settle(tx, [*sent, ending(6, "sent", sent_at=NOON - HOUR)])
        assert len(await outbox.contacts_of(tx, [7], NOON)) == 2
