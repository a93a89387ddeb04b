"""What pokes the workers."""

import asyncio
import threading

import pytest

from bot.workers import clockwork
from bot.workers.clockwork import Clockwork


async def test_pokes_run_on_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A poke wakes what belongs to the event loop, so that it runs there and in no other thread."""
    monkeypatch.setattr(clockwork, "EVERY", 0.01)
    threads: set[int] = set()
    poked = asyncio.Event()

    def poke() -> None:
        threads.add(threading.get_ident())
        poked.set()

    one = Clockwork({"worker": poke})
    one.start()
    async with asyncio.timeout(10):
        for _ in range(3):
            await poked.wait()
            poked.clear()
    one.stop()

    assert threads == {threading.get_ident()}


async def test_after_the_stop_nothing_pokes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Once it was stopped no poke comes, and nothing is complained about."""
    monkeypatch.setattr(clockwork, "EVERY", 0.01)
    poked = asyncio.Event()
    one = Clockwork({"worker": poked.set})
    one.start()
    async with asyncio.timeout(10):
        await poked.wait()
    one.stop()
    poked.clear()
    await asyncio.sleep(0.1)

    assert not poked.is_set()
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []
