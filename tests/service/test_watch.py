"""What nobody taps is seen, too: closed links, broken promises."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.ids import new_id
from bot.service.desk.files.undo import take_back
from bot.service.desk.payments import record_payment
from bot.service.desk.queue.chat import queue_rows
from bot.service.desk.queue.watch import look
from bot.service.inbound import inbox
from bot.service.outbound.delivery import settle, unreachable
from bot.service.outbound.outgoing import Result, State
from bot.store import batches, cases, promises, timeline, visits
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, announced
from tests.service.test_queue import SAM


async def kinds(town: Town) -> list[str]:
    """Return the kinds of the open items."""
    return [row["kind"] for row in await queue_rows(town.inst)]


async def test_a_link_that_stays_closed(town: Town) -> None:
    """Ten days after the letter a person is asked to look, once; opening the link settles it."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.jump(days=9)
    assert (await look(town.inst)).raised == 0
    await town.jump(days=2)

    assert [(await look(town.inst)).raised for _ in "ab"] == [1, 0]
    await town.settle()
    assert "New in the queue: 1" in town.said(SAM)[-1]
    assert await kinds(town) == ["link_unopened"]

    await town.does(ADA, "open", payload=link)
    assert await kinds(town) == []


async def test_a_resolved_link_comes_again_after_as_long(town: Town) -> None:
    """Who wrote another letter is reminded only after ten more days of silence."""
    await town.staff()
    await town.cases("A-1")
    await town.jump(days=11)
    await look(town.inst)
    await town.says(SAM, "/queue")
    await town.taps(SAM, "item")
    await town.taps(SAM, "take")
    await town.taps(SAM, "resolve")
    await town.says(SAM, "Wrote a second letter.")

    assert (await look(town.inst)).raised == 0
    await town.jump(days=10, hours=1)
    assert (await look(town.inst)).raised == 1


async def promised(town: Town) -> int:
    """Let a customer have promised to pay tomorrow; return the case."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.enrol(ADA, link)
    async with town.inst.store.begin() as tx:
        (row,) = await cases.all_rows(tx)
        due_on = (town.clock.now() + timedelta(days=1)).date()
        promise = {"id": new_id(), "case_id": row.id, "visit_id": None, "amount": 100, "due_on": due_on}
        await promises.replace_open(tx, promise | {"status": "open", "created_at": town.clock.now()})
        return int(row.id)


async def test_a_broken_promise(town: Town) -> None:
    """Three full days after the agreed day the promise is broken and a person looks; not earlier."""
    case_id = await promised(town)
    await town.jump(days=4)
    assert (await look(town.inst)).raised == 0
    await town.jump(days=1)

    assert [(await look(town.inst)).raised for _ in "ab"] == [1, 0]
    assert await kinds(town) == ["promise_broken"]
    async with town.inst.store.read() as tx:
        assert [row.status for row in await promises.of_case(tx, case_id)] == ["broken"]


async def test_a_payment_makes_a_broken_promise_good(town: Town) -> None:
    """The item closes itself with the payment that covers the promise, not with a smaller one; undone, it is back."""
    await promised(town)
    await town.jump(days=5)
    await look(town.inst)
    await record_payment(town.inst, "A-1", Decimal("0.50"))
    assert await kinds(town) == ["promise_broken"]
    await town.jump(minutes=1)
    await town.take_in("case_ref,paid_at,amount,reference", "A-1,2027-03-06,0.50,P-1")
    assert await kinds(town) == []

    async with town.inst.store.read() as tx:
        batch = (await batches.recent(tx, 1))[0]
    await take_back(town.inst, batch.id)
    assert await kinds(town) == ["promise_broken"]
    await record_payment(town.inst, "A-1", Decimal("0.50"))
    assert await kinds(town) == []


async def test_a_confirmed_visit_that_nobody_comes_to(town: Town) -> None:
    """Fifteen minutes after it should have begun the desk is told, once; at its end it is given up for a new plan."""
    await announced(town)
    await town.taps(ADA, "confirm")
    async with town.inst.store.read() as tx:
        (visit,) = await visits.by_status(tx, "confirmed")
    town.clock.instant = visit.starts_at
    await town.jump(minutes=14)
    assert await kinds(town) == []
    await town.jump(minutes=1)
    assert await kinds(town) == ["not_checked_in"]
    assert sum("nobody of the team has checked in" in text for text in town.said(SAM)) == 1

    await town.taps(SAM, "take")
    await town.taps(SAM, "resolve")
    await town.says(SAM, "Their car broke down.")
    town.clock.instant = visit.ends_at
    await town.settle()
    async with town.inst.store.read() as tx:
        (visit,) = await visits.by_ids(tx, [visit.id])
    assert (visit.status, visit.outcome, await kinds(town)) == ("cancelled", "nobody_came", [])


async def test_a_team_that_comes_late_settles_it(town: Town) -> None:
    """The first check-in closes the item."""
    await announced(town)
    await town.taps(ADA, "confirm")
    async with town.inst.store.read() as tx:
        (visit,) = await visits.by_status(tx, "confirmed")
    town.clock.instant = visit.starts_at
    await town.jump(minutes=20)
    assert await kinds(town) == ["not_checked_in"]
    await town.says(902, "/today")
    await town.taps(902, "visit")
    await town.taps(902, "check_in")
    await town.does(902, "share", content={"location": {"latitude": 51.5, "longitude": -0.1}})

    assert await kinds(town) == []


async def test_a_visit_that_only_one_comes_to(town: Town) -> None:
    """A quarter of an hour after the first one the desk hears who is missing; before its end the visit is given up."""
    await announced(town)
    await town.taps(ADA, "confirm")
    async with town.inst.store.read() as tx:
        (visit,) = await visits.by_status(tx, "confirmed")
    town.clock.instant = visit.starts_at + timedelta(minutes=5)
    await town.says(902, "/today")
    await town.taps(902, "visit")
    await town.taps(902, "check_in")
    await town.does(902, "share", content={"location": {"latitude": 51.5, "longitude": -0.1}})
    await town.jump(minutes=14)
    assert await kinds(town) == []
    await town.jump(minutes=1)
    assert await kinds(town) == ["one_missing"]
    assert "The safety_officer has not checked in" in town.said(SAM)[-1]

    town.clock.instant = visit.ends_at - timedelta(minutes=5)
    await town.settle()

    async with town.inst.store.read() as tx:
        (visit,) = await visits.by_ids(tx, [visit.id])
    assert (visit.status, visit.outcome) == ("ended", "alone")
    assert "Please do not ring" in town.said(902)[-1]
    assert "nobody will ring" in town.said(ADA)[-1]
    await town.taps(902, "alone")
    async with town.inst.store.read() as tx:
        (visit,) = await visits.by_ids(tx, [visit.id])
    assert visit.collector_out_at is not None
    assert sorted(await kinds(town)) == ["ended_alone", "one_missing"]


async def test_a_message_that_failed_for_good(town: Town) -> None:
    """What Telegram refused is an item with "Send it again"; one for each message, none for a chat that is lost."""
    await announced(town)
    async with town.inst.store.read() as tx:
        (case,) = await cases.all_rows(tx)
        sent = [
            row.id for row in (await timeline.of_case(tx, case.id))["outbox"] if row.method == "sendMessage"
        ]
    failed = [Result(row_id, State.FAILED, fault="Bad Request: message is too long") for row_id in sent[-2:]]
    for _ in "ab":
        await settle(town.inst, failed)
    assert await kinds(town) == ["not_delivered"] * 2
    await town.settle()
    before = len(town.said(ADA))
    await town.taps(SAM, "again")
    assert len(town.said(ADA)) == before + 1
    assert await kinds(town) == ["not_delivered"]

    await unreachable(town.inst, ADA, "blocked")
    await settle(town.inst, [Result(sent[0], State.FAILED, fault="Forbidden: bot was blocked by the user")])
    assert sorted(await kinds(town)) == ["not_delivered", "unreachable"]


async def test_a_colleagues_message_set_aside(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a colleague sent and could not be handled is an item about them, once, worked on like any other."""
    await town.staff()

    async def fail(*_: object) -> None:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "take", fail)
        for _ in "ab":
            await town.says(902, "/today")
    assert await kinds(town) == ["staff_fault"]
    assert sum("The collector: what they sent could not be handled" in text for text in town.said(SAM)) == 1

    await town.says(SAM, "/queue")
    await town.taps(SAM, "item")
    await town.taps(SAM, "take")
    await town.taps(SAM, "resolve")
    assert "Not about a case: what was done about it?" in town.said(SAM)[-1]
    await town.says(SAM, "They wanted their day.")
    assert await kinds(town) == []


async def test_no_promise_is_broken_while_a_person_looks(town: Town) -> None:
    """Who asked for help meanwhile is not called a breaker of promises."""
    await promised(town)
    await town.says(ADA, "/help")
    option = town.chat(ADA).messages[-1].buttons()[0]["callback_data"].rpartition(":")[2]
    await town.taps(ADA, option)
    await town.jump(days=9)

    await look(town.inst)

    assert "promise_broken" not in await kinds(town)
