"""One life of a made-up town, in an empty folder, from a seed."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bot.app import open_installation, prepare
from bot.sandbox.house import house
from bot.twin.agenda import Agenda
from bot.twin.fate import Fate
from bot.twin.figures import figures
from bot.twin.invariants import violations
from bot.twin.life import Life
from bot.twin.machine import StillClock
from bot.twin.mortal import MortalMachine
from bot.twin.policy import with_notice
from bot.twin.scale import Scale
from bot.twin.screens import Screens
from bot.twin.town import START, Dawn, Town
from bot.twin.weather import Weather


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of it: what is not as it must be (a line each), and how much happened."""

    violations: list[str]
    counts: dict[str, int]


def unseen(_day: date, _acts: int) -> None:
    """Let a day begin without a word."""


async def simulate(scale: Scale, folder: Path, at_dawn: Dawn = unseen) -> Lived:
    """Live through it, and say what is not as it must be; `at_dawn` is told of each new day."""
    settings = house(folder) if scale.notice is None else with_notice(house(folder), scale.notice)
    await prepare(settings)
    async with open_installation(settings, at_once=True) as inst:
        fate = Fate(Random(scale.seed + 1), scale.deaths)
        weather = Weather(Random(scale.seed + 2), scale.climate)
        machine = MortalMachine(inst, StillClock(START), fate, weather)
        life = Life(machine, Random(scale.seed), Agenda(), Screens(machine))
        town = Town(life, fate, weather, scale.staffing, at_dawn)
        await town.begin(scale.customers, scale.days, folder)
        await town.live(START + timedelta(days=scale.days))
        counts = {"acts": town.acts, "deaths": fate.deaths, "messages": len(machine.arrivals)}
        return Lived(await violations(inst, machine.arrivals), counts | await figures(inst))
