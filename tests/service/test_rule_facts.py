"""What the rules may know of many cases at once is what they know of each."""

from bot.service.conversations.batch import Batch
from bot.service.desk.cases.holds import hold_case
from bot.service.outbound.rule_facts import facts_of, load_facts
from bot.store import cases
from bot.store.engine import Tx
from flows.rules import Facts
from tests.service.conftest import Town
from tests.service.test_bad_input import announced


async def each(town: Town, *, together: bool) -> list[Facts]:
    """Gather the facts of all cases: with one question for all, or with one for each."""
    async with town.inst.store.read() as tx:
        batch = await fresh(town, tx)
        everybody = [await batch.case(row.id) for row in await cases.all_rows(tx)]
        if together:
            await load_facts(batch, everybody)
        return [await facts_of(batch if together else await fresh(town, tx), case) for case in everybody]


async def fresh(town: Town, tx: Tx) -> Batch:
    """Open a batch that knows nothing yet."""
    batch = Batch(town.inst, tx, town.clock.now())
    await batch.load([])
    return batch


async def test_many_at_once_are_each_for_themselves(town: Town) -> None:
    """Messages, visits and holds of one case are never taken for another's."""
    await announced(town)
    await town.cases("A-1", "B-1", "C-1")
    await hold_case(town.inst, "B-1", "dispute", note="It is her sister's account.")

    together = await each(town, together=True)

    assert together == await each(town, together=False)
    assert len({repr(one) for one in together}) == 3, "each has a history of its own"
    assert [bool(one.holds) for one in together] == [False, True, False]


async def test_what_changes_about_one_case_leaves_the_others(town: Town) -> None:
    """A row that was changed is read anew, with what the rules know of its case; the others need no new question."""
    await town.staff()
    await town.cases("A-1", "B-1")
    async with town.inst.store.read() as tx:
        batch = await fresh(town, tx)
        one, other = [await batch.case(row.id) for row in await cases.all_rows(tx)]
        await load_facts(batch, [one, other])
        batch.stale(case_id=one.id)

        assert set(batch.facts) == {other.id}
