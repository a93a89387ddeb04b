"""The story through a dying process: kill -9 at chosen points, restart, the same end."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from bot.sandbox.faults import Fault
from bot.sandbox.stage import Stage
from bot.sandbox.story import Story

SCHEDULER = 901
CUSTOMERS = {101: "D-1001", 102: "D-1002", 103: "D-1003"}

# Where the process dies: what Telegram was asked for, in whose chat, and whether it had been done by then.
POINTS = (
    Fault("drop_after", "sendMessage", 902, containing="signed in"),
    Fault("drop_after", "sendMessage", 101, containing="last four characters"),
    Fault("drop_before", "sendMessage", 102, containing="Tries left"),
    Fault("drop_after", "sendMessage", 102, containing="would like to visit you, to hear"),
    Fault("drop_before", "sendMessage", 101, containing="would like to visit you, to hear"),
    Fault("drop_after", "sendDocument", 101),
    Fault("drop_before", "sendMessage", 901, containing="asked us to stop"),
    Fault("drop_before", "editMessageText", 902, containing="Who is at the door"),
    Fault("drop_after", "editMessageText", 902, containing="What does your household live on"),
    Fault("drop_before", "answerCallbackQuery", None),
)


@dataclass
class Reaper:
    """Kills the bot when a fault strikes, starts it again, and does what the scheduler must then do by hand."""

    stage: Stage
    struck: list[Fault] = field(default_factory=list)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    one_by_one: asyncio.Lock = field(default_factory=asyncio.Lock)

    def lurk(self, fault: Fault) -> None:
        """Wait for one point."""
        fault.on_strike = lambda: self.tasks.append(asyncio.ensure_future(self._reap(fault)))
        self.stage.server.faults.append(fault)

    async def _reap(self, fault: Fault) -> None:
        self.struck.append(fault)
        messages = self.stage.server.world.chat(SCHEDULER).messages
        newest = messages[-1].message_id if messages else 0
        async with self.one_by_one:
            await self.stage.kill_bot()
            await self.stage.start_bot()
        if fault.kind == "drop_before" and fault.chat_id in CUSTOMERS:
            await self._send_again(CUSTOMERS[fault.chat_id], newest)

    async def _send_again(self, case_ref: str, newest: int) -> None:
        """The scheduler asked the customer, hears that nothing came, and lets it go out once more."""
        scheduler = self.stage.phone(SCHEDULER, "Sam Reed")
        alert = await scheduler.wait_for(f"{case_ref}: it is not known", after=newest)
        buttons = alert["keyboard"]["inline_keyboard"][0]
        await scheduler.tap_data(alert["message_id"], buttons[-1]["callback_data"])


def said_by_bot(stage: Stage) -> dict[int, Counter[str]]:
    """Return what the bot said to each customer, and how often."""
    return {
        chat: Counter(one.shown for one in stage.server.world.chat(chat).messages if one.by_bot)
        for chat in CUSTOMERS
    }


async def test_ten_kills_change_nothing_for_the_customers(stage: Stage) -> None:
    """Killed at ten points, the story ends as it should; no customer reads anything twice, nothing is lost."""
    stage.environment["DOORSTEP_RATE"] = "30"
    stage.patience = 180.0  # a slow machine may take its time to start again
    reaper = Reaper(stage)
    for fault in POINTS:
        reaper.lurk(fault)

    await Story(stage, "en").play()
    await asyncio.gather(*reaper.tasks)

    assert len(reaper.struck) == len(POINTS)
    assert stage.narrator.broken == []
    for said in said_by_bot(stage).values():
        assert {text for text, times in said.items() if times > 1} <= {""}
