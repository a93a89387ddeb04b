"""What is decided elsewhere while a team is at a visit reaches both phones, and leads to a goodbye if it must."""

from bot.service.conversations.batch import Batch
from bot.service.customer.holds import open_hold
from bot.service.desk.cases.holds import hold_case
from bot.store import cases, visits
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, last
from tests.service.test_on_the_doorstep import (
    COLLECTOR,
    OFFICER,
    PLACE,
    interviewing,
    on_the_day,
)
from tests.service.test_watch_over_the_team import count, kinds

TEAM = (COLLECTOR, OFFICER)


async def held(town: Town, kind: str) -> None:
    """Open a hold from the command line, as after a letter; the running bot hears of it."""
    await hold_case(town.inst, "A-1", kind)
    await town.settle()


async def test_a_hold_that_forbids_the_visit_ends_it_politely(town: Town) -> None:
    """Both are told what came and that it ends; each screen leads out, and nothing of the debt is said any more."""
    await interviewing(town)
    await held(town, "breathing_space")

    for chat_id in TEAM:
        assert count(town, chat_id, "From outside: Breathing space. The visit ends here") == 1
    assert "we should stop here" in last(town, COLLECTOR).shown
    assert "Leave together" in last(town, OFFICER).shown
    await town.taps(COLLECTOR, "held_outside")
    await town.taps(OFFICER, "held_outside")
    async with town.inst.store.read() as tx:
        (visit,) = await visits.by_status(tx, "ended")
    assert visit.outcome == "held_outside"
    await town.jump(hours=2)
    assert "not_checked_out" not in await kinds(town)


async def test_a_hold_that_leaves_the_visit_alone_is_told_all_the_same(town: Town) -> None:
    """Where the rules let the visit go on, both hear of it and no screen moves."""
    await interviewing(town)
    async with town.inst.store.begin() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        (row,) = await cases.all_rows(tx)
        await open_hold(batch, batch.changes, await batch.case(row.id), "stop_medium", by="customer")
    await town.settle()

    for chat_id in TEAM:
        assert count(town, chat_id, "From outside: contact was paused. The visit may go on") == 1
    await town.taps(COLLECTOR, "illness")
    assert count(town, COLLECTOR, "live on at the moment") == 1


async def test_the_customers_own_stop_in_the_chat(town: Town) -> None:
    """A customer who writes stop while the team sits there is obeyed there, too."""
    await interviewing(town)
    await town.says(ADA, "/stop")

    assert count(town, OFFICER, "the customer wants no more contact. The visit ends here") == 1
    assert "we should stop here" in last(town, COLLECTOR).shown


async def test_a_call_for_help_is_not_broken_into(town: Town) -> None:
    """Who is in the SOS screen is told and stays there; once they are safe they are led out."""
    await interviewing(town)
    await town.taps(COLLECTOR, "sos")
    await held(town, "dispute")
    assert count(town, COLLECTOR, "From outside: Dispute") == 1
    assert town.button(COLLECTOR, "safe")
    await town.jump(minutes=1)
    await town.taps(COLLECTOR, "safe")
    await town.jump(minutes=1)

    assert "we should stop here" in last(town, COLLECTOR).shown
    assert count(town, COLLECTOR, "From outside: Dispute") == 1


async def test_a_team_of_which_one_has_come_is_led_out(town: Town) -> None:
    """Called off when one is there and the other is not: who is there can check out, and is not looked for."""
    await on_the_day(town)
    await town.taps(COLLECTOR, "check_in")
    await town.does(COLLECTOR, "share", content=PLACE)
    await held(town, "hardship")

    assert "we should stop here" in last(town, COLLECTOR).shown
    assert not count(town, OFFICER, "From outside")
    await town.taps(COLLECTOR, "held_outside")
    await town.jump(hours=2)
    assert "not_checked_out" not in await kinds(town)


async def test_what_the_team_heard_itself_is_not_told_to_it(town: Town) -> None:
    """A dispute that the collector took down keeps its own goodbye."""
    await interviewing(town)
    await town.taps(COLLECTOR, "cards")
    await town.taps(COLLECTOR, "disputed")

    assert not any(count(town, chat_id, "From outside") for chat_id in TEAM)
    assert "we stop here until this has been checked" in last(town, COLLECTOR).shown
