"""The watch over a team: nudge, amber, red, and the ladder of an alarm, in minutes that the policy names."""

from datetime import timedelta
from typing import Any

import pytest

from bot.errors import InputRefused
from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.desk.board import board_view
from bot.service.desk.invites import invite_staff
from bot.service.desk.planning.staff import set_ladder, set_staff
from bot.service.desk.queue.chat import queue_rows
from bot.service.field.watch import team_is_back, watch_team
from bot.store import audit, visits
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, at_the_door

SAM, COLLECTOR, OFFICER, TESS, UMA = 901, 902, 903, 904, 905


async def kinds(town: Town) -> list[str]:
    """Return the kinds of the open items."""
    return [row["kind"] for row in await queue_rows(town.inst)]


async def under_way(town: Town) -> Any:
    """Return the visit that is under way."""
    async with town.inst.store.read() as tx:
        (visit,) = await visits.by_status(tx, "under_way")
    return visit


async def to_the_end(town: Town, **after: float) -> None:
    """Bring a team into a visit, and the clock to its end and so much further (or not so far)."""
    await at_the_door(town)
    visit = await under_way(town)
    town.clock.instant = visit.ends_at + timedelta(**after)
    await town.settle()


async def light(town: Town) -> str | None:
    """Return the light of today's one visit on the board."""
    (row,) = (await board_view(town.inst))["visits_today"]
    return row["light"]


async def lines(town: Town, kind: str) -> list[Any]:
    """Return what the log says of a kind."""
    async with town.inst.store.read() as tx:
        return [row for row in await audit.all_rows(tx) if row.kind == kind]


def count(town: Town, chat_id: int, words: str) -> int:
    """Return how many messages of a chat say this."""
    return sum(words in text for text in town.said(chat_id))


async def test_a_nudge_makes_no_sound(town: Town) -> None:
    """Ten minutes before the end both of the team are reminded, quietly, and nobody else."""
    await to_the_end(town, minutes=-11)
    assert not count(town, COLLECTOR, "should be over at")
    before = len(town.said(SAM))
    await town.jump(minutes=1)

    for chat_id in (COLLECTOR, OFFICER):
        assert count(town, chat_id, "should be over at") == 1
        assert town.chat(chat_id).messages[-1].silent
    assert len(town.said(SAM)) == before


async def test_amber_asks_both_and_shows_on_the_board(town: Town) -> None:
    """At the expected end both are asked with one tap; the board turns amber; the scheduler is not yet rung."""
    await to_the_end(town, minutes=-1)
    before = len(town.said(SAM))
    assert await light(town) == "green"
    await town.jump(minutes=1)

    assert all(count(town, chat_id, "Are you well?") == 1 for chat_id in (COLLECTOR, OFFICER))
    assert await light(town) == "amber"
    await town.taps(OFFICER, "well")
    assert count(town, OFFICER, "Noted: you are well") == 1
    assert len(town.said(SAM)) == before
    await town.says(SAM, "/board")
    await town.taps(SAM, "today")
    assert "🟡" in town.said(SAM)[-1]
    assert "well at" in town.said(SAM)[-1]


async def test_more_time_moves_the_watch_once(town: Town) -> None:
    """Two taps on the same offer are fifteen minutes, not thirty; amber and red wait for the new end."""
    await to_the_end(town, minutes=-10)
    await town.taps(COLLECTOR, "more")
    await town.taps(OFFICER, "more")
    assert any("More time has been taken already" in one for one in town.chat(OFFICER).notices)

    await town.jump(minutes=24)
    assert not count(town, COLLECTOR, "Are you well?")
    await town.jump(minutes=1)
    assert count(town, COLLECTOR, "Are you well?") == 1
    await town.jump(minutes=29)
    assert "not_checked_out" not in await kinds(town)
    await town.jump(minutes=1)
    assert "not_checked_out" in await kinds(town)


async def test_no_more_time_beyond_the_hours_of_visits(town: Town) -> None:
    """More time ends where the hours of visits do, whatever the team taps."""
    await at_the_door(town)
    visit = await under_way(town)
    late = visit.ends_at.replace(hour=20, minute=55)
    async with town.inst.store.begin() as tx:
        await visits.change(tx, visit.id, {"extended_to": late})
    town.clock.instant = late
    async with town.inst.store.begin() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        await watch_team(batch, await batch.visit(visit.id))
    await town.settle()
    await town.taps(COLLECTOR, "more")

    assert any("may not last longer at this hour" in one for one in town.chat(COLLECTOR).notices)


async def test_a_team_that_does_not_check_out(town: Town) -> None:
    """Half an hour after the end both are asked and the desk is rung, every minute until somebody takes it."""
    await to_the_end(town, minutes=29)
    assert "not_checked_out" not in await kinds(town)
    await town.jump(minutes=1)

    assert "not_checked_out" in await kinds(town)
    assert await light(town) == "red"
    assert count(town, SAM, "has not checked out") == 1
    assert all(count(town, chat_id, "You have not checked out") == 1 for chat_id in (COLLECTOR, OFFICER))
    for _ in range(2):
        await town.jump(minutes=1)
    assert count(town, SAM, "has not checked out") == 3

    await town.taps(SAM, "take")
    await town.jump(minutes=40)
    assert count(town, SAM, "has not checked out") == 3
    assert count(town, COLLECTOR, "You have not checked out") == 1


async def test_the_colleague_hears_of_it(town: Town) -> None:
    """When one has checked out and the other has not, the colleague is told by name; checking out settles it."""
    await at_the_door(town)
    visit = await under_way(town)
    async with town.inst.store.begin() as tx:
        await visits.change(tx, visit.id, {"safety_officer_out_at": town.clock.now()})
    town.clock.instant = visit.ends_at
    await town.jump(minutes=31)

    assert count(town, OFFICER, "The collector has not checked out")
    assert not count(town, OFFICER, "You have not checked out")
    assert not count(town, OFFICER, "Are you well?")
    async with town.inst.store.begin() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        await visits.change(tx, visit.id, {"collector_out_at": town.clock.now()})
        await team_is_back(Talk(batch, COLLECTOR), await batch.visit(visit.id))
    assert "not_checked_out" not in await kinds(town)


async def with_ladder(town: Town) -> None:
    """Bring a team into a visit, with two more people of the desk on the ladder."""
    await at_the_door(town)
    for badge, name, chat_id in (("T-1", "Tess Wood", TESS), ("U-1", "Uma Vale", UMA)):
        token = await invite_staff(town.inst, role="scheduler", name=name, badge=badge, locale="en")
        await town.does(chat_id, "open", payload=token)
    await set_ladder(town.inst, ["U-1", "T-1"])


async def test_an_alarm_climbs_the_ladder(town: Town) -> None:
    """Who is named is told after three minutes each, in their order; who takes it and when is written down."""
    await with_ladder(town)
    await town.taps(COLLECTOR, "sos")
    heard = [[count(town, chat_id, "SOS.") for chat_id in (SAM, UMA, TESS)]]
    for _ in range(6):
        await town.jump(minutes=1)
        heard.append([count(town, chat_id, "SOS.") for chat_id in (SAM, UMA, TESS)])

    assert heard == [[1, 0, 0], [2, 0, 0], [3, 0, 0], [4, 1, 0], [5, 2, 0], [6, 3, 0], [7, 4, 1]]
    await town.taps(TESS, "take")
    for _ in range(5):
        await town.jump(minutes=1)
    assert [count(town, chat_id, "SOS.") for chat_id in (SAM, UMA, TESS)] == heard[-1]
    assert [row.data["rung"] for row in await lines(town, "alarm.rang")] == [1, 2, 3]
    (taken,) = await lines(town, "item.taken")
    assert taken.actor.startswith("person:")


async def test_an_alarm_that_is_put_back_rings_again(town: Town) -> None:
    """Who took an alarm and gives it back sets it ringing: it is nobody's again."""
    await with_ladder(town)
    await town.taps(COLLECTOR, "sos")
    await town.taps(SAM, "take")
    await town.jump(minutes=5)
    rung = count(town, SAM, "SOS.")
    await town.taps(SAM, "putback")
    await town.jump(minutes=1)

    assert count(town, SAM, "SOS.") == rung + 1
    assert count(town, UMA, "SOS.") == 1


async def test_who_is_off_is_passed_over(town: Town) -> None:
    """When nobody of the desk works at this hour the ladder begins at once."""
    await with_ladder(town)
    await set_staff(town.inst, "sc", hours="sat 09:00-10:00")
    await town.taps(COLLECTOR, "sos")

    assert [count(town, chat_id, "SOS.") for chat_id in (SAM, UMA, TESS)] == [0, 1, 0]


async def test_a_ladder_of_field_staff_is_refused(town: Town) -> None:
    """Who is on visits cannot take alarms; the message says who can."""
    await town.staff()
    with pytest.raises(InputRefused, match="only schedulers"):
        await set_ladder(town.inst, ["co"])
    with pytest.raises(InputRefused, match="twice"):
        await set_ladder(town.inst, ["sc", "sc"])


async def test_a_visit_that_nobody_checks_out_of_ends_a_day_later(town: Town) -> None:
    """The case can be visited again; the alarm stays until a person closes it; a report says what is known."""
    await to_the_end(town, hours=23)
    assert (await under_way(town)).outcome is None
    await town.jump(hours=2)

    async with town.inst.store.read() as tx:
        (visit,) = await visits.by_status(tx, "ended")
    assert visit.outcome is None
    assert "not_checked_out" in await kinds(town)
    assert len(await lines(town, "visit.over")) == 1
    assert any(one.content.get("document") for one in town.chat(SAM).messages)


async def test_a_promise_at_the_door_is_followed_up_though_one_never_checked_out(town: Town) -> None:
    """What the customer promised is written to them once the visit is over, however it got there."""
    await at_the_door(town)
    for option in ("untold", "none", "nothing", "wants_to", "no_idea", "promise"):
        await town.taps(COLLECTOR, option)
    await town.says(COLLECTOR, "50")
    await town.says(COLLECTOR, (town.clock.now() + timedelta(days=9)).date().isoformat())
    for option in ("next", "promise_to_pay", "check_out"):
        await town.taps(COLLECTOR, option)
    assert not any("50.00" in text for text in town.said(ADA))
    await town.jump(hours=26)

    assert any("50.00" in text for text in town.said(ADA))
