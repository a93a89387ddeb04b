"""Opening the room: that nothing real is near, and what is running until somebody ends it."""

import asyncio
import signal
import webbrowser
from contextlib import suppress
from pathlib import Path

from aiohttp import ClientSession

from bot.app import open_installation, prepare
from bot.errors import InputRefused
from bot.room.place import occupied
from bot.room.room import Room
from bot.room.routes import Routes, guard
from bot.sandbox.house import house, real_token


async def serve(
    folder: Path, port: int, language: str, cases: Path, scripts: Path | None, *, opens: bool, fresh: bool
) -> None:
    """Serve the room until Ctrl-C or SIGTERM. Raises `InputRefused` beside a real bot, or for unusable files."""
    if real_token():
        raise InputRefused(
            "DOORSTEP_TOKEN is set, here or in .env: the demo does not run beside a real bot. Unset it, or start the "
            "demo in another folder."
        )
    with occupied(folder, fresh=fresh):
        await _serve(folder, port, language, cases, scripts, opens=opens)


async def _serve(
    folder: Path, port: int, language: str, cases: Path, scripts: Path | None, *, opens: bool
) -> None:
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
