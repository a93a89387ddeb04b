"""On PostgreSQL: the whole story, and two processes of which one dies."""

import asyncio
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.stage import Stage
from bot.sandbox.story import Story
from tests.store.databases import POSTGRES, drop_database, new_database

pytestmark = pytest.mark.postgres
CUSTOMERS = (101, 102, 103)
SCHEDULER = 901


@pytest.fixture
def database() -> Iterator[str]:
    """Give a test a database of its own."""
    if not POSTGRES:
        pytest.skip("NOT TESTED ON POSTGRESQL: set DOORSTEP_TEST_POSTGRES_URL to a server")
    name, url = new_database()
    yield url
    drop_database(name)


async def test_the_story_holds_on_postgresql(stage: Stage, database: str) -> None:
    """From init to the last promise everything holds on a database server, too."""
    stage.environment["DOORSTEP_DATABASE_URL"] = database
    stage.patience = 60.0

    await Story(stage, "en").play()

    assert stage.narrator.broken == []


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Replicas:
    """Processes of one bot beside a webhook; the one that was started last is posted to."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.running: list[asyncio.subprocess.Process] = []

    async def start(self) -> asyncio.subprocess.Process:
        """Start one more; it is ready when Telegram knows its address."""
        port = _free_port()
        log = os.open(self._stage.folder / f"replica-{len(self.running)}.log", os.O_CREAT | os.O_WRONLY)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", "--webhook-url", f"http://127.0.0.1:{port}"),
            *("--port", str(port)),
            env=self._stage.environment,
            cwd=self._stage.folder,
            stdout=log,
            stderr=log,
        )
        os.close(log)
        self.running.append(process)
        world = self._stage.server.world
        async with asyncio.timeout(60), world.changed:
            await world.changed.wait_for(lambda: str(port) in str(world.webhook))
        return process

    async def stop(self) -> list[int]:
        """End what still runs; return every exit code."""
        for process in self.running:
            if process.returncode is None:
                process.terminate()
        async with asyncio.timeout(30):
            return [await process.wait() for process in self.running]


@pytest.fixture
async def replicas(stage: Stage, database: str) -> AsyncIterator[Replicas]:
    """Install on PostgreSQL; every process that was started is ended."""
    stage.environment |= {"DOORSTEP_DATABASE_URL": database, "DOORSTEP_WEBHOOK_SECRET": "a-long-random-word"}
    stage.patience = 90.0  # a dead process is followed when its lease has run out
    one = Replicas(stage)
    yield one
    for process in one.running:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_when_the_sender_dies_the_other_process_sends(stage: Stage, replicas: Replicas) -> None:
    """Killed in the middle of a message to a customer, its place is taken; nobody reads anything twice or misses it."""
    story = Story(stage, "en")
    await stage.doorstep("init")
    sender = await replicas.start()
    taker = await replicas.start()
    await story.sign_in()  # the second process is posted to, the first one sends
    await story.take_in()

    def die() -> None:
        os.kill(sender.pid, signal.SIGKILL)

    fatal = Fault("drop_after", "sendMessage", CUSTOMERS[1], containing="last four characters", on_strike=die)
    stage.server.faults.append(fatal)
    await story.enrol()

    assert sender.returncode == -signal.SIGKILL or await sender.wait() == -signal.SIGKILL
    assert taker.returncode is None
    scheduler = stage.phone(SCHEDULER, "Sam Reed")
    await scheduler.wait_for("D-1002: it is not known")
    said = Counter(
        (chat, one.shown)
        for chat in CUSTOMERS
        for one in stage.server.world.chat(chat).messages
        if one.by_bot
    )
    assert {text for text, times in said.items() if times > 1} == set()
    assert stage.narrator.broken == []
    assert await replicas.stop() == [-signal.SIGKILL, 0]


async def test_a_clean_stop_hands_over_at_once(stage: Stage, replicas: Replicas) -> None:
    """A process that stops lets its lease go: the other one sends what comes next."""
    await stage.doorstep("init")
    first = await replicas.start()
    await replicas.start()
    first.terminate()
    assert await first.wait() == 0
    guest = stage.phone(555, "a guest")
    await guest.open()
    await guest.wait_for("")

    assert await replicas.stop() == [0, 0]
