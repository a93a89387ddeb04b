"""What the bot says when it cannot run, and how it ends: real processes."""

import asyncio
import sys

import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.stage import Stage

GUEST = 555


async def _refused(stage: Stage, *words: str) -> str:
    """Run a command that must be refused with exit code 1; return what it said, which is no traceback."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        env=stage.environment,
        cwd=stage.folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        out, err = await process.communicate()
    told = (out + err).decode()
    assert process.returncode == 1, told
    assert "Traceback" not in told
    assert "Unclosed" not in told
    return told


async def _polls(stage: Stage) -> None:
    """Wait until the bot polls."""
    world = stage.server.world
    before = world.calls["getUpdates"]
    async with asyncio.timeout(60), world.changed:
        await world.changed.wait_for(lambda: world.calls["getUpdates"] > before)


async def test_without_a_token_it_says_where_to_get_one(stage: Stage) -> None:
    """A missing token is refused, with what to do."""
    del stage.environment["DOORSTEP_TOKEN"]

    told = await _refused(stage, "run")

    assert "DOORSTEP_TOKEN" in told
    assert "BotFather" in told


async def test_a_token_that_telegram_does_not_know_is_refused(stage: Stage) -> None:
    """A wrong token is refused, and is not repeated."""
    await stage.doorstep("init")
    stage.environment["DOORSTEP_TOKEN"] = "7000000001:a-token-that-nobody-may-see"

    told = await _refused(stage, "run")

    assert "BotFather" in told
    assert "nobody-may-see" not in told


async def test_before_init_it_says_what_to_run(stage: Stage) -> None:
    """A fresh folder, and a database without tables, are refused with the command that makes them."""
    assert "doorstep init" in await _refused(stage, "run")
    (stage.folder / "data").mkdir(exist_ok=True)
    assert "doorstep init" in await _refused(stage, "run")


async def test_a_second_run_on_the_same_file_is_refused(stage: Stage) -> None:
    """While one bot works on a file another is turned away; after the first was killed it may work."""
    await stage.doorstep("init")
    await stage.start_bot()
    await _polls(stage)

    assert "Another `doorstep run`" in await _refused(stage, "run")

    await stage.kill_bot()
    await stage.start_bot()
    await _polls(stage)
    assert await stage.stop_bot() == 0


async def test_stopping_finishes_what_is_on_its_way(stage: Stage) -> None:
    """On SIGTERM a message in flight is finished and written down: exit 0, and the next start does not repeat it."""
    await stage.doorstep("init")
    await stage.start_bot()
    guest = stage.phone(GUEST, "a guest")
    stage.server.faults.append(Fault("delay", "sendMessage", GUEST, seconds=1.0))
    await guest.open()
    world = stage.server.world
    async with asyncio.timeout(60):
        while not world.calls["sendMessage"]:
            await guest.look(wait=0.05)

    assert await stage.stop_bot() == 0
    said = [one.shown for one in world.chat(GUEST).messages if one.by_bot]
    assert len(said) == 1

    await stage.start_bot()
    await guest.say("/help")
    await guest.wait_for(lambda message: message["text"] != said[0])
    assert await stage.stop_bot() == 0
    assert [one.shown for one in world.chat(GUEST).messages if one.by_bot].count(said[0]) == 1


@pytest.mark.parametrize("words", [("run", "--webhook-url", "https://bot.example")])
async def test_a_webhook_wants_a_secret(stage: Stage, words: tuple[str, ...]) -> None:
    """Without a secret nobody could tell Telegram's posts from others: refused, with what to set."""
    await stage.doorstep("init")

    assert "DOORSTEP_WEBHOOK_SECRET" in await _refused(stage, *words, "--port", "0")
