"""A call for help while 3,000 messages wait for customers: from the tap on SOS to the scheduler's phone.

The bot is the real process, with Telegram's limit of 30 messages a second and 50 ms for each call of the API.
"""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

from bot.sandbox.hands import DEEDS
from bot.sandbox.limits import Limits
from bot.sandbox.narrator import Narrator
from bot.sandbox.stage import Stage, open_stage
from bot.sandbox.story import ZONES, start_of
from bot.sandbox.world import Chat
from tests.bench.stand import percentile
from tests.bench.tables import table
from tests.e2e.on_duty import CORA, FIRST_CUSTOMER, NAMES, SAM, on_duty

PER_SECOND = 30
LATENCY = 0.05  # seconds
HEAD = ("messages that wait", "calls for help", "p50 ms", "slowest ms", "429", "customers told meanwhile")


def section(*, quick: bool) -> tuple[str, dict[str, Any]]:
    """Return the table and the figures behind it."""
    found = asyncio.run(measure(60 if quick else 3_000, calls=2 if quick else 20))
    row = [found["waiting"], found["calls"], f"{found['p50_ms']:.0f}", f"{found['slowest_ms']:.0f}"]
    rows = [[*row, found["strikes"], found["told"]]]
    return table(HEAD, rows), found


async def measure(waiting: int, *, calls: int) -> dict[str, Any]:
    """Call for help so often, one after the other, while the messages go out."""
    with tempfile.TemporaryDirectory() as name:
        narrator = Narrator(ZONES["en"], lambda _: None)
        async with open_stage(Path(name), start_of("en"), narrator) as stage:
            await on_duty(stage, customers=waiting + 1, told=True)
            stage.environment["DOORSTEP_RATE"] = str(PER_SECOND)
            stage.server.limits, stage.server.latency = Limits(model="window"), LATENCY
            await stage.start_bot()
            cora = stage.phone(CORA, NAMES[CORA])
            await cora.say("/next")
            await cora.choose("visit")
            took = sorted([await _call(stage) for _ in range(calls)])
            chats = stage.server.world.chats.values()
            told = sum(len(chat.messages) for chat in chats if chat.id >= FIRST_CUSTOMER)
            strikes = stage.server.limits.strikes
    figures = {"p50_ms": percentile(took, 0.5), "slowest_ms": took[-1]}
    return {"waiting": waiting, "calls": calls, "strikes": strikes, "told": told, **figures}


async def _call(stage: Stage) -> float:
    """Tap SOS, wait for the alert, and tap that all is safe again; return the milliseconds to the alert."""
    world = stage.server.world
    sam = world.chat(SAM)
    before = len(sam.messages)
    message, data = await _button(stage, "sos")
    start = time.perf_counter()
    DEEDS["tap"](world, world.chat(CORA), {"message_id": message, "data": data})
    await world.tell()
    async with asyncio.timeout(30), world.changed:
        await world.changed.wait_for(lambda: len(sam.messages) > before)
    took = 1000 * (time.perf_counter() - start)
    message, data = await _button(stage, "safe")
    DEEDS["tap"](world, world.chat(CORA), {"message_id": message, "data": data})
    await world.tell()
    await asyncio.sleep(4)  # a chat takes one message a second
    return took


async def _button(stage: Stage, option: str) -> tuple[int, str]:
    """Wait for the collector's button of an option."""
    chat: Chat = stage.server.world.chat(CORA)
    async with asyncio.timeout(30):
        while True:
            for message in reversed(chat.messages):
                for button in message.buttons():
                    if button["callback_data"].endswith(f":{option}"):
                        return message.message_id, str(button["callback_data"])
            await asyncio.sleep(0.05)
