"""The hold-out acts: who is in it is decided at the door of the database, and nobody's help hangs on it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.casework.evaluation import Trial, group_of
from bot.casework.plan import KeptOut
from bot.casework.risk import Treatment
from bot.service.desk.planning.plan import propose
from bot.service.desk.reminders.sets import remind_rows
from bot.service.desk.risk.look import decide_case
from bot.store import cases, promises, timers
from bot.store.tables import baselines
from tests.service.conftest import HEADER, ROW, Town
from tests.service.test_promises import ADA

SCHEDULER = 901


def set_up(town: Town, **settings: object) -> None:
    """Change settings of the installation."""
    changed = town.inst.settings.model_copy(update=settings)
    object.__setattr__(town.inst, "settings", changed)


async def kept(town: Town) -> dict[str, Any]:
    """Return the baselines by case."""
    async with town.inst.store.read() as tx:
        rows = (await tx.execute(select(baselines))).all()
        names = {row.id: row.case_ref for row in await cases.all_rows(tx)}
    return {names[row.case_id]: row for row in rows}


async def put(town: Town, **groups: str) -> None:
    """Put a case into a group by hand, so that a test does not hang on a hash."""
    async with town.inst.store.begin() as tx:
        await tx.execute(update(baselines).values(groups))


async def left_out(town: Town) -> list[KeptOut]:
    """Plan, and return why cases are left out."""
    plan = await propose(town.inst)
    return [one.why for one in plan.left_out]


async def test_nobody_is_held_out_unless_it_was_asked_for(town: Town) -> None:
    """By default a case has its grades and no group."""
    await town.cases("A-1")
    (row,) = (await kept(town)).values()
    assert (row.visit, row.reminder) == (None, None)
    assert row.grades["vulnerability"] == "none_known"


async def test_the_group_is_drawn_when_the_case_is_taken_in(town: Town) -> None:
    """The group is the keyed hash's; a later file does not draw again; who may need care is in no trial."""
    set_up(town, hold_out_visits=50, hold_out_reminders=30)
    rows = [f"A-{number},Ada Finch,{ROW},no" for number in range(12)]
    await town.take_in(HEADER + ",vulnerable", *rows, f"B-1,Ada Finch,{ROW},yes")
    first = await kept(town)
    for name, row in first.items():
        for trial, share in ((Trial.VISIT, 50), (Trial.REMINDER, 30)):
            digest = town.inst.vault.hash(f"trial/{trial}", str(row.case_id))
            assert getattr(row, trial) == (None if name == "B-1" else group_of(digest, share))

    set_up(town, hold_out_visits=0, hold_out_reminders=0)
    await town.take_in(HEADER + ",vulnerable", *(row.replace("Ada Finch", "Ada Finck") for row in rows))

    assert await kept(town) == first


async def test_a_case_held_out_is_not_visited_and_the_scheduler_reads_why(town: Town) -> None:
    """It is left out of the plan with the reason, until somebody decides about it, or the 60 days are over."""
    set_up(town, hold_out_visits=50)
    await town.staff()
    await town.cases("A-1")
    await put(town, visit="held_out")
    await town.says(SCHEDULER, "/plan")
    assert "A-1: held out for comparison" in town.said(SCHEDULER)[-1]
    assert await left_out(town) == [KeptOut.HELD_OUT]

    town.clock.instant = town.clock.instant.replace(month=5)
    assert await left_out(town) == []
    town.clock.instant = town.clock.instant.replace(month=3)
    await decide_case(town.inst, "A-1", Treatment.VISIT_BY_TWO, None)

    assert await left_out(town) == []


async def test_a_proposal_is_not_approved_for_a_case_held_out(town: Town) -> None:
    """Approving looks once more: a proposal that should not be there is no longer possible, and says why."""
    await town.staff()
    await town.cases("A-1")
    await town.says(SCHEDULER, "/plan")
    await put(town, visit="held_out")
    await town.taps(SCHEDULER, "pick")
    assert "held out for comparison" in town.said(SCHEDULER)[-1]


async def test_who_may_need_care_gets_it_whatever_the_group(town: Town) -> None:
    """Once a customer may need care they are held out of nothing, although their group stays what it was."""
    await town.staff()
    await town.take_in(HEADER + ",vulnerable", f"A-1,Ada Finch,{ROW},no")
    await put(town, visit="held_out", reminder="held_out")
    await promised(town)
    assert [row["outcome"] for row in await remind_rows(town.inst, "A-1", None, dry_run=True)] == ["held_out"]

    await town.take_in(HEADER + ",vulnerable", f"A-1,Ada Finch,{ROW},yes")
    await decide_case(town.inst, "A-1", Treatment.VISIT_WITH_CARE, "She asked us to come.")

    assert KeptOut.HELD_OUT not in await left_out(town)
    assert [row["outcome"] for row in await remind_rows(town.inst, "A-1", None, dry_run=True)] != ["held_out"]


async def promised(town: Town) -> int:
    """Let the customer of the only case enrol and promise something; return the promise."""
    async with town.inst.store.begin() as tx:
        (case,) = await cases.all_rows(tx)
        await cases.change(tx, case.id, chat_id=ADA, stage="identified", identified_at=town.clock.now())
        row = {"id": 5, "case_id": case.id, "amount": 100, "due_on": date(2027, 3, 3), "status": "open"}
        await promises.replace_open(tx, row | {"created_at": town.clock.now()})
    await town.says(ADA, "/rights")
    return 5


async def test_nobody_held_out_is_reminded_ahead_of_the_first_payment(town: Town) -> None:
    """A reminder ahead of the first payment goes to nobody held out, and the preview says so; later ones do."""
    await town.staff()
    await town.cases("A-1")
    await put(town, reminder="held_out")
    first = await promised(town)
    await town.says(SCHEDULER, "/remind A-1")
    assert "Not reminded ahead of their first payment, for comparison: 1" in town.said(SCHEDULER)[-1]
    with pytest.raises(LookupError, match="remindgo"):
        town.button(SCHEDULER, "remindgo")

    async with town.inst.store.begin() as tx:
        await promises.close(tx, first, "kept", town.clock.now())
        (case,) = await cases.all_rows(tx)
        row = {"id": 6, "case_id": case.id, "amount": 100, "due_on": date(2027, 3, 9), "status": "open"}
        await promises.replace_open(tx, row | {"created_at": town.clock.now()})
    await town.says(SCHEDULER, "/remind A-1")

    assert town.button(SCHEDULER, "remindgo")


async def test_an_instalment_is_reminded_of_on_its_day_alone(town: Town) -> None:
    """The reminders ahead of the first instalment wait for its day; the customer in the other group gets them now."""
    await town.cases("A-1")
    promise = await promised(town)
    for group, comes in (("held_out", False), ("treated", True)):
        await put(town, reminder=group)
        before = len(town.said(ADA))
        async with town.inst.store.begin() as tx:
            row = {
                "id": 90 + comes,
                "kind": "instalment",
                "subject_id": promise,
                "key": "instalment",
                "turn": 0,
            }
            await timers.put(tx, [row | {"due_at": town.clock.now(), "status": "waiting"}])
        await town.settle()
        assert (len(town.said(ADA)) > before) is comes
        async with town.inst.store.begin() as tx:
            waiting = await timers.due(tx, town.clock.now().replace(day=3, hour=12), 99)
            assert [one.due_at.day for one in waiting if one.id == 90] == [3]
