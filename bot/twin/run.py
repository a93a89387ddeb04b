"""One life of a made-up town, in an empty folder, from a seed."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.app import open_installation, prepare
from bot.sandbox.house import house
from bot.store import soundness, visits
from bot.store.engine import Tx
from bot.twin.fate import Fate
from bot.twin.invariants import violations
from bot.twin.machine import StillClock
from bot.twin.mortal import MortalMachine
from bot.twin.town import START, Town
from bot.twin.weather import FAIR, Climate, Weather


@dataclass(frozen=True, slots=True)
class Scale:
    """How big and how bad: `deaths` is the share of moments at which the process could die and does."""

    customers: int
    days: int
    seed: int
    deaths: float = 0.0
    climate: Climate = FAIR


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of it: what is not as it must be (a line each), and how much happened."""

    violations: list[str]
    counts: dict[str, int]


async def simulate(scale: Scale, folder: Path) -> Lived:
    """Live through it, and say what is not as it must be."""
    settings = house(folder)
    await prepare(settings)
    async with open_installation(settings) as inst:
        fate, weather = (
            Fate(Random(scale.seed + 1), scale.deaths),
            Weather(Random(scale.seed + 2), scale.climate),
        )
        machine = MortalMachine(inst, StillClock(START), fate, weather)
        town = Town(machine, fate, weather, Random(scale.seed))
        await town.begin(scale.customers, scale.days, folder)
        await town.live(START + timedelta(days=scale.days))
        async with inst.store.read() as tx:
            counts = {
                "acts": town.acts,
                "deaths": fate.deaths,
                "messages": len(machine.arrivals),
            } | await _counts(tx)
        return Lived(await violations(inst, machine.arrivals), counts)


async def _counts(tx: Tx) -> dict[str, int]:
    went, promised = await visits.all_rows(tx), await soundness.all_promises(tx)
    return {
        "visits": sum(one.status == "ended" for one in went),
        "promises": len(promised),
        "kept": sum(one.status in ("kept", "late") for one in promised),
    }
