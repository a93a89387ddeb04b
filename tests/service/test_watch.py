"""What nobody taps is seen, too: closed links, broken promises."""

from datetime import timedelta
from decimal import Decimal

from bot.ids import new_id
from bot.service.desk.files.undo import take_back
from bot.service.desk.payments import record_payment
from bot.service.desk.queue.chat import queue_rows
from bot.service.desk.queue.watch import look
from bot.store import batches, cases, promises
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA
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


async def test_no_promise_is_broken_while_a_person_looks(town: Town) -> None:
    """Who asked for help meanwhile is not called a breaker of promises."""
    await promised(town)
    await town.says(ADA, "/help")
    option = town.chat(ADA).messages[-1].buttons()[0]["callback_data"].rpartition(":")[2]
    await town.taps(ADA, option)
    await town.jump(days=9)

    await look(town.inst)

    assert "promise_broken" not in await kinds(town)
