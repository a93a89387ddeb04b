"""Lives of a made-up town: whatever dies and fails, nothing is lost, doubled, unlawful, stuck or in two states.

CI lives a few short ones; `doorstep flows simulate --lives 200 --deaths 0.01 --foul` lives more.
"""

import asyncio
from datetime import time
from pathlib import Path

import pytest

from bot.service.outbound import delivery
from bot.service.outbound.outgoing import Call, Outgoing, Result
from bot.twin import invariants
from bot.twin.mortal import MortalMachine
from bot.twin.run import Lived, simulate
from bot.twin.scale import Scale, what_if
from bot.twin.town import START
from bot.twin.weather import FOUL

SHORT = Scale(customers=6, days=3, seed=2)
BUSY = Scale(customers=7, days=4, seed=1)  # long enough for visits


async def live(folder: Path, scale: Scale = SHORT) -> Lived:
    """Live one life in a folder of its own."""
    await asyncio.to_thread(folder.mkdir)
    return await simulate(scale, folder)


async def test_visits_take_place(tmp_path: Path) -> None:
    """What holds in a town in which nothing happens says little: teams go to doors and speak with customers."""
    counts = (await live(tmp_path / "life", BUSY)).counts

    assert min(counts["visits"], counts["talks"]) >= 2
    assert counts["confirmed"] > 3


async def test_more_notice_means_later_visits(tmp_path: Path) -> None:
    """What would be otherwise can be asked: with four days of notice nobody of the same town is visited yet."""
    counts = (await live(tmp_path / "life", what_if(BUSY, "notice 96"))).counts

    assert counts["visits"] == 0
    assert counts["announced"] > 0


@pytest.mark.parametrize("seed", [3, 11])
async def test_deaths_and_foul_weather_change_nothing(tmp_path: Path, seed: int) -> None:
    """The process dies dozens of times and Telegram fails: every invariant holds all the same."""
    lived = await live(tmp_path / "life", Scale(7, 4, seed, deaths=0.01, climate=FOUL))

    assert lived.violations == []
    assert lived.counts["deaths"] > 20
    assert lived.counts["messages"] > 30


async def test_the_same_seed_lives_the_same_life(tmp_path: Path) -> None:
    """A life can be told from its seed, so that a failing one can be lived again."""
    first, second = await live(tmp_path / "one"), await live(tmp_path / "two")

    assert first == second


async def test_what_is_sent_twice_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sender that repeats itself is caught."""
    once = MortalMachine.call

    def twice(machine: MortalMachine, row: Outgoing, call: Call) -> Result:
        once(machine, row, call)
        return once(machine, row, call)

    monkeypatch.setattr(MortalMachine, "call", twice)

    assert any("reached a customer 2 times" in one for one in (await live(tmp_path / "life")).violations)


def test_what_a_person_sends_again_is_no_fault() -> None:
    """A message in doubt that somebody of the desk repeats may come twice, and not three times."""
    arrivals = [invariants.Arrival(7, START)] * 2

    assert list(invariants.doubled(arrivals, {7: 1})) == []
    assert list(invariants.doubled([*arrivals, arrivals[0]], {7: 1}))
    assert list(invariants.doubled(arrivals, {8: 1}))


async def test_what_never_leaves_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sender that sends nothing is caught."""

    async def nothing(*_: object) -> list[Outgoing]:
        return []

    monkeypatch.setattr(delivery, "claim", nothing)

    assert any("messages are lost" in one for one in (await live(tmp_path / "life")).violations)


async def test_what_comes_outside_the_hours_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stricter eye than the rules finds what they let through: the hours are looked at."""
    monkeypatch.setattr(invariants, "OPENS", time(19))

    assert any("notice" in one for one in (await live(tmp_path / "life")).violations)
