"""Customers who read the news, and staff of whom one a second taps the question that they see."""

import asyncio
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import uvloop

from bot.sandbox.hands import DEEDS
from bot.sandbox.limits import Limits
from bot.sandbox.server import SandboxServer
from bot.sandbox.world import Message, World
from tests.bench.crowd import FIRST_CHAT
from tests.bench.stand import percentile, stand

FIRST_CUSTOMER = 50_000
NEWS = "Notice {}: our office moves on the first of next month. Nothing changes for you."
STAFF = 40  # so that nobody taps twice within the second that Telegram allows a chat


@dataclass(slots=True)
class Audience:
    """What came when: seconds of a monotonic clock."""

    world: World
    news: list[float] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    repeated: int = 0
    replies: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    questions: dict[int, Message] = field(default_factory=dict)
    pressed: dict[int, float] = field(default_factory=dict)
    tapping: asyncio.Task[None] | None = None

    def saw(self, message: Message) -> None:
        """A message came or changed."""
        now = time.perf_counter()
        if message.chat_id >= FIRST_CUSTOMER:
            self.repeated += message.chat_id in self.told
            self.told.add(message.chat_id)
            self.news.append(now)
            return
        self.questions[message.chat_id] = message
        if message.chat_id in self.pressed:
            self.latencies.append(1000 * (now - self.pressed.pop(message.chat_id)))
            self.replies.append(now)

    def obey(self, word: str) -> dict[str, Any]:
        """Let staff open their `questions`; `begin` the broadcast and the taps; `figures`."""
        if word == "questions":
            for number in range(STAFF):
                self._say(FIRST_CHAT + number, "/checklist")
        elif word == "begin":
            self._say(FIRST_CHAT, "/broadcast")
            self.tapping = asyncio.create_task(self._tap())
        return self._figures()

    def _say(self, chat_id: int, text: str) -> None:
        DEEDS["say"](self.world, self.world.chat(chat_id), {"text": text})

    async def _tap(self) -> None:
        for number in range(1, 10_000):
            await asyncio.sleep(1)
            message = self.questions[FIRST_CHAT + number % (STAFF - 1) + 1]
            if message.chat_id not in self.pressed and message.buttons():
                self.pressed[message.chat_id] = time.perf_counter()
                given = {"message_id": message.message_id, "data": message.buttons()[0]["callback_data"]}
                DEEDS["tap"](self.world, self.world.chat(message.chat_id), given)
                await self.world.tell()

    def _figures(self) -> dict[str, Any]:
        first, last = (self.news[0], self.news[-1]) if self.news else (0.0, 0.0)
        took = sorted(self.latencies)
        return {
            "open": len(self.questions),
            "news": len(self.told),
            "repeated": self.repeated,
            "seconds": last - first,
            "replies": sum(first <= at <= last for at in self.replies),
            "quiet_s": time.perf_counter() - last if self.news else 0.0,
            "unanswered": len(self.pressed),
            "p50_ms": percentile(took, 0.5),
            "p99_ms": percentile(took, 0.99),
        }


def main(model: str, latency_ms: float, customers: int) -> None:
    """Serve the world to them, with Telegram's limit as `model` understands it."""
    world = World()
    audience = Audience(world)
    world.on_message = audience.saw
    for number in range(customers):
        world.chat(FIRST_CUSTOMER + number).opened = True
    server = SandboxServer(world, latency=latency_ms / 1000)
    server.limits = Limits(model=model)  # type: ignore[arg-type]
    uvloop.run(stand(server, audience.obey))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
