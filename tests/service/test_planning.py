"""What planning promises to schedulers, teams and customers."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.desk.invites import invite_staff
from bot.service.desk.planning import plan as planning
from bot.service.desk.planning.pictures import sketch
from bot.service.desk.planning.plan import approve, propose
from bot.service.desk.planning.staff import set_staff, staff_list
from bot.store import people, visits
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, announced, last

SAM, CORA, SOL = 901, 902, 903
DEPUTY = 912


async def rows(town: Town, status: str | None = None) -> list[Any]:
    async with town.inst.store.read() as tx:
        found = await visits.all_rows(tx)
    return [row for row in found if status in (None, row.status)]


async def colleague(town: Town, role: str, chat_id: int) -> None:
    token = await invite_staff(
        town.inst, role=role, name="Another colleague", badge=f"X{chat_id}", locale="en"
    )
    await town.does(chat_id, "open", payload=token)


async def confirmed(town: Town) -> Any:
    await announced(town)
    await town.taps(ADA, "confirm")
    (visit,) = await rows(town, "confirmed")
    return visit


async def falls_out(town: Town, chat_id: int, day: date) -> None:
    await town.says(chat_id, f"/off {day.isoformat()}")
    await town.taps(chat_id, "off")


async def test_plan_in_the_chat(town: Town) -> None:
    """/plan answers at once that it is being worked on; then come week, map and the list with Approve all."""
    await town.staff()
    await town.cases("A-1", "A-2")
    await town.says(SAM, "/plan")

    newest = town.chat(SAM).messages[-4:]
    assert "working on the plan" in newest[0].shown
    assert all("photo" in one.content for one in newest[1:3])
    assert "Proposed visits: 2" in newest[3].shown
    assert [button["text"] for button in newest[3].buttons()] == ["Approve all", "One by one"]
    assert "12 Elm Grove" not in newest[3].shown


async def test_approve_one_leave_one_move_one(town: Town) -> None:
    """On the cards one proposal is approved, one left out, one moved; nothing else changes."""
    await town.staff()
    await town.cases("A-1", "A-2", "A-3")
    await town.says(SAM, "/plan")
    first, second, third = await rows(town, "proposed")
    await town.taps(SAM, "pick")
    await town.taps(SAM, "approve")
    await town.taps(SAM, "leave")
    await town.taps(SAM, "other")
    await town.taps(SAM, "retime")

    found = {row.id: row for row in await rows(town)}
    assert found[first.id].status == "approved"
    assert second.id not in found
    assert found[third.id].status == "proposed"
    assert found[third.id].starts_at != third.starts_at


async def test_left_out_says_why(town: Town) -> None:
    """A case that cannot be placed stands first in the list, with the constraint that keeps it out."""
    await town.staff()
    await set_staff(town.inst, "co", areas=["Leeds"])
    await town.cases("A-1")
    await town.says(SAM, "/plan")

    assert "Without a visit: 1" in last(town, SAM).shown
    assert "A-1: nobody of one role works in this area" in last(town, SAM).shown


async def test_who_did_not_answer_is_not_announced_again_before_somebody_has_looked(town: Town) -> None:
    """Silence brings no second notice by itself: the case is left out until its item is settled, then planned again."""
    await announced(town)
    await town.jump(days=1)
    await town.jump(days=2)
    assert await rows(town, "noticed") == []

    await town.says(SAM, "/plan")
    assert "A-1: the last notice was not answered; please see /queue first" in town.said(SAM)[-1]
    assert await rows(town, "proposed") == []

    await town.says(SAM, "/queue")
    for option in ("item", "take", "resolve"):
        await town.taps(SAM, option)
    await town.says(SAM, "Telephoned: they would like to be visited.")
    await town.says(SAM, "/plan")
    assert len(await rows(town, "proposed")) == 1


async def test_hours_and_days_off_are_kept(town: Town) -> None:
    """Nobody is planned outside their hours or on a day off."""
    await town.staff()
    await set_staff(town.inst, "co", hours="mon-sat 14:00-18:00")
    await falls_out(town, CORA, date(2027, 3, 3))
    await town.cases("A-1", "A-2", "A-3", "A-4", "A-5", "A-6", "A-7")
    await propose(town.inst)

    starts = [row.starts_at for row in await rows(town, "proposed")]
    assert len(starts) == 7
    assert all(14 <= start.hour < 18 and start.date() != date(2027, 3, 3) for start in starts)


async def test_a_plan_on_old_facts_is_made_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """What changes while the plan is being solved is in it: it is made again on the new facts."""
    await town.staff()
    await town.cases("A-1")
    asked, real = [], planning._solve

    def solve(question: Any) -> Any:
        asked.append(len(question.wanted))
        if len(asked) == 1:
            asyncio.run_coroutine_threadsafe(town.cases("A-2"), loop).result()
        return real(question)

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(planning, "_solve", solve)
    plan = await propose(town.inst)

    assert asked == [1, 2]
    assert len(plan.proposals) == 2


async def test_approving_never_books_twice(town: Town) -> None:
    """A proposal whose team was taken meanwhile is not approved, and stays visible as a conflict."""
    await town.staff()
    await town.cases("A-1", "A-2")
    await propose(town.inst)
    first, second = await rows(town, "proposed")
    async with town.inst.store.begin() as tx:
        await visits.change(tx, second.id, {"starts_at": first.starts_at, "ends_at": first.ends_at})
        batch = Batch(town.inst, tx, town.clock.now())
        await batch.load([])
        assert len(await approve(batch)) == 1

    assert len(await rows(town, "proposed")) == 1
    await town.says(SAM, "/board")


async def test_off_is_asked_first(town: Town) -> None:
    """A slip on the menu calls nothing off: /off asks, and No takes nothing away."""
    visit = await confirmed(town)
    await town.says(CORA, f"/off {visit.starts_at.date()}")
    assert "Visits on these days: 1" in last(town, CORA).shown
    await town.taps(CORA, "on")

    assert [row.status for row in await rows(town)] == ["confirmed"]
    assert all(not row["off"] for row in await staff_list(town.inst))


async def test_a_colleague_stands_in(town: Town) -> None:
    """Somebody of the same role who is free goes instead: the time stays, and the customer reads the new name."""
    visit = await confirmed(town)
    await colleague(town, "collector", DEPUTY)
    await falls_out(town, CORA, visit.starts_at.date())

    (after,) = await rows(town)
    assert (after.status, after.starts_at, after.sequence) == ("confirmed", visit.starts_at, visit.sequence)
    assert after.collector_id != visit.collector_id
    assert after.safety_officer_id == visit.safety_officer_id
    assert "Another colleague (badge X912)" in last(town, ADA).shown
    assert any("you go instead" in text for text in town.said(DEPUTY))
    assert any("Another colleague goes with you" in text for text in town.said(SOL))


async def test_nobody_stands_in(town: Town) -> None:
    """Where nobody can come, the customer hears it at once, and another time is asked for, never just set."""
    visit = await confirmed(town)
    await falls_out(town, CORA, visit.starts_at.date())

    old, new = sorted(await rows(town), key=lambda row: row.created_at)
    assert (old.status, old.outcome) == ("cancelled", "no_team")
    assert "I am sorry: our visit" in last(town, ADA).shown
    assert new.status == "proposed"
    assert new.starts_at.date() != visit.starts_at.date()
    assert any("Called off, the customers are told: 1" in text for text in town.said(SAM))

    await town.taps(SAM, "approve")
    await town.jump(days=1)
    assert any(button["text"] == "Confirm" for button in last(town, ADA).buttons())
    assert [row.status for row in await rows(town)] == ["cancelled", "noticed"]


async def test_unannounced_visits_give_way(town: Town) -> None:
    """For a customer who knows of a visit, a colleague is taken from a visit that nobody has been told of."""
    visit = await confirmed(town)
    await colleague(town, "collector", DEPUTY)
    await town.cases("A-1", "A-9")
    await propose(town.inst)
    async with town.inst.store.begin() as tx:
        (other,) = await visits.by_status(tx, "proposed")
        batch = Batch(town.inst, tx, town.clock.now())
        await batch.load([])
        await approve(batch)
    await _put_beside(town, other.id, visit, "X912")

    await falls_out(town, CORA, visit.starts_at.date())

    after = {row.id: row for row in await rows(town)}
    assert after[visit.id].status == "confirmed"
    assert after[visit.id].starts_at == visit.starts_at
    assert after[visit.id].collector_id != visit.collector_id
    assert after[other.id].status == "cancelled"


async def _put_beside(town: Town, visit_id: int, like: Any, badge: str) -> None:
    """Put an approved visit at the same time as another, with the colleague of this badge and another officer."""
    await colleague(town, "safety_officer", 913)
    async with town.inst.store.begin() as tx:
        (collector,) = await people.by_badge(tx, badge)
        (officer,) = await people.by_badge(tx, "X913")
        changes = {"starts_at": like.starts_at, "ends_at": like.ends_at}
        await visits.change(
            tx, visit_id, changes | {"collector_id": collector.id, "safety_officer_id": officer.id}
        )


async def test_back_again(town: Town) -> None:
    """Who takes it back is planned with again."""
    await town.staff()
    await falls_out(town, CORA, date(2027, 3, 3))
    assert [row["off"] for row in await staff_list(town.inst) if row["badge"] == "co"] == [
        ["2027-03-03/2027-03-03"]
    ]
    await town.taps(CORA, "back")
    assert [row["off"] for row in await staff_list(town.inst) if row["badge"] == "co"] == [[]]


async def test_brief(town: Town) -> None:
    """The team and the scheduler read the brief; it holds the address and what to avoid."""
    await confirmed(town)
    await town.jump(days=1, minutes=30)
    await town.says(CORA, "/today")
    await town.taps(CORA, "brief")

    assert "12 Elm Grove" in last(town, CORA).shown
    assert "Not a word about money" in last(town, CORA).shown


async def test_calendars_when_approved(town: Town) -> None:
    """Both of a team get the calendar of what was approved, with no name in it."""
    await town.staff()
    await town.cases("A-1")
    await town.says(SAM, "/plan")
    await town.taps(SAM, "approve")

    for chat_id in (CORA, SOL):
        content = last(town, chat_id).content["data"].decode()
        assert "SUMMARY:Visit A-1" in content
        assert "Ada" not in content
        assert "12 Elm" not in content


def entries(town: Town, chat_id: int) -> list[tuple[str, Any]]:
    """Return method and event of each calendar file that somebody got, oldest first."""
    files = [one.content["data"] for one in town.chat(chat_id).messages if "document" in one.content]
    calendars = [Calendar.from_ical(content) for content in files]
    return [(str(one["method"]), event) for one in calendars for event in one.events]


async def test_a_move_reaches_the_teams_calendars(town: Town) -> None:
    """When the customer moves the visit, both get the same entry with the new time and a higher number."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.enrol(ADA, link)
    await town.says(SAM, "/plan")
    await town.taps(SAM, "approve")
    await town.jump(minutes=5)
    await town.taps(ADA, "move")
    await town.taps(ADA, "2027-03-05")
    await town.taps(ADA, "1000")

    for chat_id in (CORA, SOL):
        (_, first), (method, second) = entries(town, chat_id)
        assert (first["uid"], method) == (second["uid"], "PUBLISH")
        assert second["sequence"] > first["sequence"]
        assert second.start.isoformat() == "2027-03-05T10:00:00+00:00"
        assert "the customer chose another time: Friday, 5 March" in last(town, chat_id).shown


async def test_a_visit_called_off_leaves_the_teams_calendars(town: Town) -> None:
    """Whoever calls it off and why: both are told which visit, and the entry is taken out of their calendars."""
    visit = await confirmed(town)
    await town.jump(minutes=5)
    await town.says(ADA, "/stop")

    for chat_id in (CORA, SOL):
        method, event = entries(town, chat_id)[-1]
        assert (method, str(event["uid"])) == ("CANCEL", f"visit-{visit.id}@doorstep")
        assert event["sequence"] > 0
        assert "A-1: the visit on Tuesday, 2 March" in last(town, chat_id).shown
        assert "Ada" not in str(event)


async def test_a_stand_in_changes_three_calendars(town: Town) -> None:
    """Who falls out loses the entry, who stands in gets it, and who stays sees the new partner in it."""
    visit = await confirmed(town)
    await colleague(town, "collector", DEPUTY)
    await town.jump(minutes=5)
    await falls_out(town, CORA, visit.starts_at.date())

    found = {chat_id: entries(town, chat_id)[-1] for chat_id in (CORA, SOL, DEPUTY)}
    assert [method for method, _ in found.values()] == ["CANCEL", "PUBLISH", "PUBLISH"]
    assert {str(event["uid"]) for _, event in found.values()} == {f"visit-{visit.id}@doorstep"}
    assert str(found[SOL][1]["description"]) == str(found[DEPUTY][1]["description"]) == "X912 + sa"


async def test_the_plan_prefers_what_suits(town: Town) -> None:
    """Who looked for a day in "Another time" and got none is planned for it; who confirmed a morning, for a morning."""
    await town.staff()
    links = await town.cases("A-1", "A-2")
    for chat_id, link in zip((ADA, 102), links, strict=True):
        await town.enrol(chat_id, link)
    await town.plan()
    await town.taps(ADA, "move")
    await town.taps(ADA, "2027-03-09")
    await town.taps(ADA, "none_suits")
    await town.taps(102, "move")
    await town.taps(102, "2027-03-10")
    await town.taps(102, "1530")
    async with town.inst.store.begin() as tx:
        for visit in await visits.all_rows(tx):
            await visits.change(tx, visit.id, {"status": "cancelled", "outcome": "no_team"})
    await propose(town.inst)

    ada, ben = (row.starts_at for row in sorted(await rows(town, "proposed"), key=lambda row: row.case_id))
    assert ada.date() == date(2027, 3, 9)
    assert 12 <= ben.hour < 17


async def test_the_week_begins_with_its_day(town: Town) -> None:
    """The picture shows what is fixed on the day of the first proposal already, also before it."""
    await confirmed(town)
    await town.cases("A-1", "A-2")
    plan = await propose(town.inst)
    (fixed,) = await rows(town, "confirmed")
    async with town.inst.store.begin() as tx:
        later = {
            "starts_at": fixed.starts_at + timedelta(hours=4),
            "ends_at": fixed.ends_at + timedelta(hours=4),
        }
        await visits.change(tx, plan.proposals[0].id, later)
        batch = Batch(town.inst, tx, town.clock.now())
        await batch.load([SAM])
        drawn = await sketch(Talk(batch, SAM), await visits.by_status(tx, "proposed"), ())

    assert drawn is not None
    assert [one.title for one in drawn.entries] == ["A-1", "A-2"]
