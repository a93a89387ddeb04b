"""A call for help and the watch over a team, with the real process: through kill -9, and before all that waits."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.limits import Limits
from bot.sandbox.phone import Phone
from bot.sandbox.stage import Stage
from tests.e2e.on_duty import CORA, FIRST_CUSTOMER, NAMES, SAM, SOL, TESS, on_duty

PATIENCE = 60.0  # seconds: a slow machine may take its time to start again
CUSTOMERS = 3_001  # one of them is visited
A_SECOND = 30  # messages that may leave in one


def phones(stage: Stage, *chats: int) -> Sequence[Phone]:
    """Return the phones of these people."""
    stage.patience = PATIENCE
    return [stage.phone(chat, NAMES[chat]) for chat in chats]


async def open_visit(phone: Phone) -> None:
    """Open the visit that is on today."""
    await phone.say("/next")
    await phone.choose("visit")
    await phone.wait_for("Check in")


async def check_in(stage: Stage, phone: Phone) -> None:
    """Open the visit and check in."""
    await open_visit(phone)
    await phone.choose("check_in")
    await phone.wait_for("send your location")
    await phone.share_location(51.501, -0.124)
    await phone.wait_for(lambda one: "checked in" in one["text"] or "way back to the street" in one["text"])


async def restart_at(stage: Stage, instant: datetime) -> None:
    """Kill the bot as a power cut would; start it again when it is later."""
    await stage.kill_bot()
    stage.jump(instant)
    await stage.start_bot()


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
async def test_a_call_for_help_survives_the_death_of_the_process(stage: Stage, kind: str) -> None:
    """Killed while the alert leaves, or right after the tap, it leaves at the next start, and rings until taken."""
    await on_duty(stage)
    await stage.start_bot()
    cora, sam = phones(stage, CORA, SAM)
    await open_visit(cora)
    struck = asyncio.Event()
    stage.server.faults.append(
        Fault(kind, "sendMessage", SAM, containing="SOS.", on_strike=struck.set)  # type: ignore[arg-type]
    )
    await cora.choose("sos")
    await asyncio.wait_for(struck.wait(), PATIENCE)
    seen = (await sam.messages())[-1:]
    await restart_at(stage, stage.now())

    alert = await sam.wait_for("SOS.", after=seen[0]["message_id"] if seen else 0)
    assert "0 Mill Lane" in alert["text"]
    stage.jump(stage.now() + timedelta(minutes=1))
    again = await sam.wait_for("SOS.", after=alert["message_id"])
    await sam.choose("take")
    await sam.wait_for("With Sam Reed", after=again["message_id"] - 1)
    assert await stage.stop_bot() == 0


async def test_help_goes_before_three_thousand_who_wait(stage: Stage) -> None:
    """While 3,000 messages wait for customers, fewer leave between the tap and the alert than in one second."""
    await on_duty(stage, customers=CUSTOMERS, told=True)
    stage.environment["DOORSTEP_RATE"] = str(A_SECOND)
    stage.server.limits = Limits(model="window")
    await stage.start_bot()
    cora, sam = phones(stage, CORA, SAM)
    await open_visit(cora)
    world = stage.server.world

    def news() -> list[int]:
        return [
            one.message_id
            for chat in list(world.chats.values())
            if chat.id >= FIRST_CUSTOMER
            for one in chat.messages
        ]

    before = len(news())
    async with asyncio.timeout(PATIENCE), world.changed:
        await world.changed.wait_for(lambda: len(news()) > before + 2)
    tapped = max(news())
    await cora.choose("sos")
    alert = await sam.wait_for("SOS.")

    between = [one for one in news() if tapped < one < alert["message_id"]]
    assert len(between) <= A_SECOND
    assert stage.server.limits.strikes == 0
    assert len(news()) < CUSTOMERS / 2, "too few waited for this to mean anything"


async def test_the_watch_survives_the_death_of_the_process(stage: Stage) -> None:
    """Nudge, amber, red and the next rung each come due while the bot is dead, and come once it is back."""
    ends_at = await on_duty(stage)
    await stage.start_bot()
    cora, sol, sam, tess = phones(stage, CORA, SOL, SAM, TESS)
    await check_in(stage, cora)
    await check_in(stage, sol)

    await restart_at(stage, ends_at - timedelta(minutes=9))
    await sol.wait_for("should be over at")
    await restart_at(stage, ends_at + timedelta(minutes=1))
    await cora.wait_for("Are you well?")
    await cora.choose("well")
    await cora.wait_for("Noted: you are well")
    await restart_at(stage, ends_at + timedelta(minutes=31))
    red = await sam.wait_for("has not checked out")
    assert not [one for one in await tess.messages() if one["by_bot"]]
    await restart_at(stage, stage.now() + timedelta(minutes=4))
    await tess.wait_for("has not checked out")
    await sam.wait_for("has not checked out", after=red["message_id"])
    await tess.choose("take")
    await tess.wait_for("With Tess Wood")
    await asyncio.sleep(2)  # what left is put down as sent; else it would rightly leave once more

    rung = len(await sam.messages())
    await restart_at(stage, stage.now() + timedelta(minutes=10))
    await sam.say("/queue")
    await sam.wait_for("What needs a person")
    assert len(await sam.messages()) == rung + 2
    kinds = [line["kind"] for line in await stage.listed("audit")]
    assert [kinds.count(one) for one in ("visit.amber", "visit.well", "visit.red")] == [1, 1, 1]
    assert kinds.count("alarm.rang") == 2
