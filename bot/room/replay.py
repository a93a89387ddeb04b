"""A recorded transcript played again, in one process and without waiting, on the cases that it was recorded on."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

from bot.app import open_installation, prepare
from bot.drafting.rehearsal import Rehearsal
from bot.room.recording import Done, Recording, code_on, read
from bot.room.scene import DAWN, Scene
from bot.room.time_machine import SOON
from bot.sandbox.house import house
from bot.store import upcoming
from bot.twin.machine import StillClock


async def replayed(file: Path, cases: Path, scripts: Path | None = None) -> Sequence[str]:
    """Play it again; return what is different, as lines of a unified diff. Raises `InputRefused` as `read` does."""
    done = read(file)
    with tempfile.TemporaryDirectory(prefix="doorstep-") as name:
        folder = Path(name)
        settings = house(folder / "data", "en")
        await prepare(settings)
        async with open_installation(settings) as opened:
            clock = StillClock(DAWN)
            rehearsal = Rehearsal(replace(opened, clock=clock), clock)
            await Scene(rehearsal, folder, lambda _: None).set(cases, scripts)
            again = await _again(rehearsal, done)
    kept = file.read_text("utf-8").splitlines()
    return list(unified_diff(kept, again.splitlines(), "kept", "played again", lineterm=""))


async def _again(rehearsal: Rehearsal, done: Sequence[Done]) -> str:
    recording = Recording(rehearsal.world, rehearsal.clock.now)
    recording.listen()
    for one in done:
        if one.shown and not recording.on:
            recording.begin()
        await _until(rehearsal, one)
        recording.note(one)
        await _do(rehearsal, one)
    return recording.transcript()


async def _until(rehearsal: Rehearsal, one: Done) -> None:
    """Let time pass, with all that is due in it."""
    while True:
        async with rehearsal.inst.store.read() as tx:
            due = await upcoming.first(tx, rehearsal.clock.instant)
        if due is None or due.at + SOON > one.at:
            break
        rehearsal.clock.instant = due.at + SOON
        await rehearsal.settle()
    rehearsal.clock.instant = max(one.at, rehearsal.clock.instant)


async def _do(rehearsal: Rehearsal, one: Done) -> None:
    if one.deed == "tap":
        await rehearsal.taps(one.chat_id, str(one.given["option"]))
    elif one.deed == "code":
        await rehearsal.says(one.chat_id, code_on(rehearsal.world, int(one.given["of"])) or "00")
    else:
        await rehearsal.does(one.chat_id, one.deed, **one.given)
