"""The sender under Telegram's strictest limit, hours of it in simulated time: a broadcast, and people who wait."""

import asyncio
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.errors import OutcomeUnknown
from bot.service.outbound.outgoing import SLOW, Call, Lane, Outgoing, Result, State
from bot.telegram import sender as subject
from bot.telegram.pace import Pace
from bot.telegram.sender import Sender
from tests.telegram.jumping import JumpingLoop, play

LIMIT = 30
NOTICES = 300
TAPS = 40
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


class Watched(Pace):
    """A pace that notes who is given a place, in order."""

    def __init__(self, places: list[tuple[str, Lane, int]]) -> None:
        super().__init__(LIMIT)
        self.places = places

    def take(self, at: float, lane: int, chat_id: int) -> None:
        self.places.append(("taken", Lane(lane), chat_id))
        super().take(at, lane, chat_id)


class World:
    """Telegram and the table, each with delays of its own: `slowness` 1.0 is a quiet machine on a usual line."""

    def __init__(self, seed: int, slowness: float) -> None:
        self.loop = JumpingLoop()
        self.chance = random.Random(seed)
        self.slowness = slowness
        self.table = [_row(number, Lane.BULK) for number in range(1, NOTICES + 1)]
        self.places: list[tuple[str, Lane, int]] = []
        self.left: list[int] = []
        self.counted: list[float] = []
        self.marked: set[int] = set()
        self.ended: dict[int, State] = {}

    async def _delay(self, most: float) -> None:
        await asyncio.sleep(self.chance.uniform(0.0, most) * self.slowness)

    # -- Telegram

    async def send(self, call: Call) -> Any:
        """Count the call somewhere on the way; now and then the answer is lost."""
        number = call.payload["number"]
        self.left.append(number)
        assert number in self.marked
        await self._delay(0.08)
        self.counted.append(self.loop.time())
        await self._delay(0.08)
        if self.chance.random() < 0.01:
            raise OutcomeUnknown("no answer")
        return {"message_id": number}

    # -- the table

    async def claim(self, limit: int, lanes: Sequence[Lane]) -> list[Outgoing]:
        await self._delay(0.02)
        taken = [row for row in self.table if row.lane in lanes][:limit]
        self.table = [row for row in self.table if row not in taken]
        return taken

    async def mark(self, ids: Sequence[int]) -> Sequence[int]:
        await self._delay(0.015)
        self.marked.update(ids)
        return ids

    async def settle(self, results: Sequence[Result]) -> None:
        await self._delay(0.02)
        self.ended |= {one.id: one.state for one in results}

    async def lose(self, _chat_id: int, _why: str) -> None:
        raise AssertionError("nobody is unreachable here")


def _row(number: int, lane: Lane) -> Outgoing:
    return Outgoing(number, number, lane, Call("sendMessage", {"number": number}), contact=True)


async def _broadcast(world: World) -> None:
    """Send the notices; meanwhile people tap, alone and several at once."""
    sender = Sender(
        cast("Any", world),
        Watched(world.places),
        claim=world.claim,
        mark=world.mark,
        settle=world.settle,
        lost=world.lose,
        now=lambda: NOW,
    )
    sender.start()
    for number in range(NOTICES + 1, NOTICES + TAPS + 1):
        await asyncio.sleep(world.chance.choice((0.0, 0.01, 0.3, 0.5)))
        world.places.append(("wanted", Lane.REPLIES, number))
        sender.submit([_row(number, Lane.REPLIES)])
    while len(world.ended) < NOTICES + TAPS:
        await asyncio.sleep(0.5)
        sender.poke()
    await sender.stop()


@pytest.fixture(params=[(seed, slowness) for seed in range(5) for slowness in (0.1, 1.0, 10.0)], ids=str)
def world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> World:
    """A broadcast that is over, on machines and lines from quick to very slow."""
    one = World(*request.param)
    monkeypatch.setattr(subject, "time", SimpleNamespace(monotonic=one.loop.time))
    play(_broadcast(one), one.loop)
    return one


def test_a_broadcast_amid_replies(world: World) -> None:
    """Everything is sent once, no strict second holds more than thirty, and no notice overtakes a waiting reply."""
    counted = sorted(world.counted)

    assert sorted(world.left) == list(range(1, NOTICES + TAPS + 1))
    assert set(world.ended.values()) <= {State.SENT, State.UNKNOWN}
    assert all(later - one > 1.0 - 1e-6 for one, later in zip(counted, counted[LIMIT:], strict=False))
    for number in range(NOTICES + 1, NOTICES + TAPS + 1):
        since = world.places.index(("wanted", Lane.REPLIES, number))
        until = world.places.index(("taken", Lane.REPLIES, number))
        assert not any(lane in SLOW for _, lane, _ in world.places[since:until])
