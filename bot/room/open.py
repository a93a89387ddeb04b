"""Opening the room: where it lies, that nothing real is near, and what is running until somebody ends it."""

import asyncio
import os
import shutil
import signal
import webbrowser
from contextlib import suppress
from pathlib import Path

from aiohttp import ClientSession
from platformdirs import user_data_path

from bot.app import open_installation, prepare
from bot.errors import InputRefused
from bot.room import memory
from bot.room.people import house
from bot.room.room import Room
from bot.room.routes import Routes, guard
from bot.sandbox.world import TOKEN


def home() -> Path:
    """Return where the room lies from one start to the next; `DOORSTEP_DEMO_DIR` names another place."""
    named = os.environ.get("DOORSTEP_DEMO_DIR")
    return Path(named) if named else user_data_path("doorstep") / "demo"


async def serve(
    folder: Path, port: int, language: str, cases: Path, scripts: Path | None, *, opens: bool
) -> None:
    """Serve the room until Ctrl-C or SIGTERM. Raises `InputRefused` beside a real bot, or for unusable files."""
    if os.environ.get("DOORSTEP_TOKEN", TOKEN) != TOKEN:
        raise InputRefused(
            "DOORSTEP_TOKEN is set: the demo does not run beside a real bot. Unset it in this terminal."
        )
    if not memory.is_kept(folder):
        shutil.rmtree(folder / "data", ignore_errors=True)  # of a start that did not come to its end
    folder.mkdir(parents=True, exist_ok=True)
    settings = house(folder / "data", language)
    await prepare(settings)
    async with open_installation(settings) as opened, ClientSession() as session:
        room = Room(folder, opened, session)
        try:
            url = await room.server.start(port, Routes(room).table(), [guard])
        except OSError:
            raise InputRefused(
                f"Port {port} is taken: close the other demo, or choose another: --port."
            ) from None
        room.listen_at(url)
        print(f"Doorstep is here: {url}   (Ctrl-C ends it)", flush=True)  # noqa: T201 - the command's own word
        if opens:
            webbrowser.open(url)
        try:
            await _until_ended(room, cases, scripts)
        finally:
            await room.close()
            await room.server.stop()


async def _until_ended(room: Room, cases: Path, scripts: Path | None) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, ended.set)
    waits = asyncio.create_task(ended.wait())
    rises = asyncio.create_task(room.rise(cases, scripts))
    keeps = asyncio.create_task(room.keep())
    try:
        await asyncio.wait({waits, rises}, return_when=asyncio.FIRST_COMPLETED)
        if rises.done():
            await rises  # what keeps the curtain from rising is told
            await waits
    finally:
        for task in (waits, rises, keeps):
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task
