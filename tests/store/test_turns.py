"""Turns at the database: whoever somebody waits for goes first, and nobody waits for ever."""

import asyncio
from contextlib import suppress

from bot.store.turns import PASSED, Turns


class Desk:
    """Tasks that want a turn, and the order in which they had it."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.order: list[str] = []
        self.inside = 0

    async def work(self, name: str, *, patient: bool = False) -> None:
        """Have one turn."""
        async with self.turns.take(patient=patient):
            self.inside += 1
            assert self.inside == 1
            self.order.append(name)
            await asyncio.sleep(0.001)
            self.inside -= 1


async def _queue(desk: Desk, *names: str) -> None:
    """Let the tasks queue up behind a first one, in this order; small letters are patient."""
    tasks = [asyncio.create_task(desk.work("first"))]
    await asyncio.sleep(0)
    for name in names:
        tasks.append(asyncio.create_task(desk.work(name, patient=name.islower())))
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)


async def test_who_is_in_a_hurry_goes_first() -> None:
    """Of those that wait the hurried go first, then the patient, each in the order of coming."""
    desk = Desk()

    await _queue(desk, "a", "b", "C", "D")

    assert desk.order == ["first", "C", "D", "a", "b"]


async def test_the_patient_are_not_passed_for_ever() -> None:
    """After a few hurried turns in a row one that is patient has its own."""
    desk = Desk()
    hurried = [chr(ord("A") + number) for number in range(2 * PASSED)]

    await _queue(desk, "x", "y", *hurried)

    assert desk.order == ["first", *hurried[:PASSED], "x", *hurried[PASSED:], "y"]


async def test_who_gives_up_holds_nobody_up() -> None:
    """A task that is cancelled while it waits, or at the very moment of its turn, leaves the turn to the next."""
    desk = Desk()
    async with desk.turns.take(patient=False):
        waiting = [asyncio.create_task(desk.work(name)) for name in "ABC"]
        await asyncio.sleep(0)
        waiting[0].cancel()
    waiting[1].cancel()  # it has been given the turn, but has not run since
    async with asyncio.timeout(10):
        await waiting[2]
        await desk.work("last")
    for task in waiting[:2]:
        with suppress(asyncio.CancelledError):
            await task

    assert desk.order == ["C", "last"]


async def test_a_fault_gives_the_turn_on() -> None:
    """What fails in its turn does not keep it."""
    desk = Desk()

    async def fail() -> None:
        async with desk.turns.take(patient=False):
            raise ValueError

    with suppress(ValueError):
        await fail()
    async with asyncio.timeout(10):
        await desk.work("next")

    assert desk.order == ["next"]
