"""Drills ring as alarms do and are told to no customer; and what alarms came to is shown."""

from bot.service.desk.board import board_view
from bot.store import audit
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, at_the_door
from tests.service.test_watch_over_the_team import (
    COLLECTOR,
    OFFICER,
    SAM,
    TESS,
    UMA,
    count,
    kinds,
    with_ladder,
)


async def start_drill(town: Town, of: str = "drill") -> None:
    """Let Sam start a drill: `drill` picks the first on the list, a team if there is one."""
    await town.says(SAM, "/drill")
    message = town.chat(SAM).messages[-1]
    data = next(one["callback_data"] for one in message.buttons() if one["callback_data"].startswith(of))
    await town.does(SAM, "tap", message_id=message.message_id, data=data)
    await town.taps(SAM, "drillgo")


async def test_a_drill_rings_up_the_ladder_and_reaches_no_customer(town: Town) -> None:
    """Everything is marked as a drill; whoever started it is not rung; who takes it and when is told and logged."""
    await with_ladder(town)
    customer, team = len(town.said(ADA)), {one: len(town.said(one)) for one in (COLLECTOR, OFFICER)}
    await start_drill(town)
    for _ in range(4):
        await town.jump(minutes=1)

    assert [count(town, one, "DRILL, no real alarm: a practice") for one in (SAM, UMA, TESS)] == [0, 5, 2]
    for one, before in team.items():
        (told,) = town.said(one)[before:]
        assert told.startswith("DRILL, no real alarm.")
    await town.taps(OFFICER, "drillwell")
    assert count(town, SAM, "The safety_officer answered after 4:00 minutes")
    await town.taps(TESS, "take")
    await town.jump(minutes=1)

    assert count(town, SAM, "DRILL: Tess Wood took it after 4:00 minutes") == 1
    assert "drill" not in await kinds(town)
    assert len(town.said(ADA)) == customer
    async with town.inst.store.read() as tx:
        log = {row.kind: row.data for row in await audit.all_rows(tx)}
    assert log["drill.taken"]["seconds"] == 240


async def test_a_drill_of_a_made_up_visit_that_nobody_takes(town: Town) -> None:
    """It rings for the only scheduler there is, once an hour is over it ends by itself, and says so."""
    await town.staff()
    await start_drill(town, "drill:0")
    assert count(town, SAM, "a made-up visit. Please tap")
    await town.says(SAM, "/queue")
    assert "a made-up visit · drill" in town.said(SAM)[-1]
    await town.jump(minutes=61)

    assert count(town, SAM, "nobody took it within an hour") == 1
    assert await kinds(town) == []
    before = len(town.said(SAM))
    await town.jump(minutes=30)
    assert len(town.said(SAM)) == before


async def resolve(town: Town, was: str) -> None:
    """Let Sam take the alarm and say what it was."""
    await town.taps(SAM, "take")
    await town.taps(SAM, "resolve")
    await town.taps(SAM, was)
    await town.taps(SAM, "spoken")


async def test_the_share_of_false_alarms_is_shown(town: Town) -> None:
    """Who resolves an alarm says what it was; drills count apart; few alarms are marked so; 90 days are looked at."""
    await at_the_door(town)
    for was in ("real", "false_alarm", "drill"):
        await town.says(COLLECTOR, "/sos")
        await town.jump(seconds=30)
        await resolve(town, was)
        await town.taps(COLLECTOR, "safe")
    await start_drill(town, "drill:0")
    await town.taps(SAM, "take")

    found = (await board_view(town.inst))["alarms"]
    assert found == {
        "days": 90,
        "count": 2,
        "real": 1,
        "false_alarm": 1,
        "unjudged": 0,
        "false_rate": 0.5,
        "few": True,
        "taken_after": 30,
        "drills": 2,
        "drills_taken": 2,
        "drills_taken_after": 15,
    }
    await town.says(SAM, "/board")
    assert "2, of which false: 1 (50%), too few to judge by" in town.said(SAM)[-1]
    await town.jump(days=91)
    assert (await board_view(town.inst))["alarms"]["real"] == 0


async def test_other_items_are_not_asked_what_they_were(town: Town) -> None:
    """Only an alarm is judged: anything else is resolved with a note alone."""
    await at_the_door(town)
    await town.says(ADA, "/complain Nobody called me back.")
    await town.taps(SAM, "take")
    await town.taps(SAM, "resolve")

    assert "what was done about it" in town.said(SAM)[-1]
