"""People who press a button as soon as they see the next question.

Each begins with /checklist, then taps the first button of whatever question is shown, until the last was answered;
then begins again. A step is a press whose next question (or end) was shown; a question that is not the one after
the last is a wrong state.
"""

import asyncio
import re
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import uvloop

from bot.sandbox.hands import DEEDS
from bot.sandbox.server import SandboxServer
from bot.sandbox.world import Message, World
from tests.bench.stand import percentile, stand

STEPS = 10
FIRST_CHAT = 10_000
_QUESTION = re.compile(r"Question (\d+)")


@dataclass(slots=True)
class Tester:
    """One person: which question they see, on which message, since when they wait."""

    chat_id: int
    shown: int = 0
    message: Message | None = None
    pressed_at: float = 0.0
    waiting: bool = False
    steps: int = 0


@dataclass(slots=True)
class Crowd:
    """All of them, and what was counted."""

    world: World
    people: dict[int, Tester]
    steps: int = 0
    wrong: int = 0
    latencies: list[float] = field(default_factory=list)
    marked_at: float = 0.0
    _hands: list[Tester] = field(default_factory=list)
    _at_it: asyncio.Task[None] | None = None

    def obey(self, word: str) -> dict[str, Any]:
        """`begin`; `mark` a moment; let those who wait since before it press `again`; `figures` since the last time."""
        if word == "begin":
            for tester in self.people.values():
                self._start(tester)
        elif word == "mark":
            self.marked_at = time.perf_counter()
        elif word == "again":
            for tester in self.people.values():
                if self._is_stuck(tester):
                    self._press_what_is_shown(tester)
        return self._figures()

    def _is_stuck(self, tester: Tester) -> bool:
        return tester.waiting and tester.pressed_at < self.marked_at

    def _start(self, tester: Tester) -> None:
        tester.shown, tester.message, tester.waiting = 0, None, True
        tester.pressed_at = time.perf_counter()
        self._press_what_is_shown(tester)

    def saw(self, message: Message) -> None:
        """A message came or changed: react as a person would, only faster."""
        found = _QUESTION.search(message.shown)
        number = int(found[1]) if found else STEPS + 1 if "All done" in message.shown else 0
        if number == 0:
            return
        tester = self.people[message.chat_id]
        self._judge(tester, number)
        tester.shown, tester.message = number, message
        if not self._hands:
            self._at_it = asyncio.create_task(self._press_all())
        self._hands.append(tester)

    def _judge(self, tester: Tester, number: int) -> None:
        if number == tester.shown:
            return  # the same question once more: harmless
        self.wrong += number != tester.shown + 1
        if tester.waiting and number > 1:
            tester.steps += 1
            self.steps += 1
            self.latencies.append(1000 * (time.perf_counter() - tester.pressed_at))
        tester.waiting = False

    async def _press_all(self) -> None:
        """Press once the calls that were just served are answered, and tell the stand-in that there is news."""
        hands, self._hands = self._hands, []
        for tester in hands:
            self._press(tester)
        await self.world.tell()

    def _press(self, tester: Tester) -> None:
        if tester.shown > STEPS:
            self._start(tester)
            return
        tester.waiting, tester.pressed_at = True, time.perf_counter()
        self._press_what_is_shown(tester)
        del self.world.chat(tester.chat_id).messages[:-3]  # nobody scrolls back here

    def _press_what_is_shown(self, tester: Tester) -> None:
        chat = self.world.chat(tester.chat_id)
        if tester.message is None:
            DEEDS["say"](self.world, chat, {"text": "/checklist"})
            return
        data = tester.message.buttons()[0]["callback_data"]
        DEEDS["tap"](self.world, chat, {"message_id": tester.message.message_id, "data": data})

    def _figures(self) -> dict[str, Any]:
        took, self.latencies = sorted(self.latencies), []
        steps, self.steps = self.steps, 0
        return {
            "steps": steps,
            "wrong": self.wrong,
            "steps_of_slowest": min(one.steps for one in self.people.values()),
            "unserved": sum(one.shown == 0 for one in self.people.values()),
            "stuck": sum(map(self._is_stuck, self.people.values())),
            "p50_ms": percentile(took, 0.5),
            "p99_ms": percentile(took, 0.99),
        }


def main(people: int, latency_ms: float) -> None:
    """Serve the world to them."""
    world = World()
    crowd = Crowd(world, {FIRST_CHAT + one: Tester(FIRST_CHAT + one) for one in range(people)})
    world.on_message = crowd.saw
    uvloop.run(stand(SandboxServer(world, latency=latency_ms / 1000), crowd.obey))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
