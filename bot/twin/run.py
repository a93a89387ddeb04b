"""One life of a made-up town, in an empty folder, from a seed."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.app import open_installation, prepare
from bot.sandbox.house import house
from bot.settings import Settings
from bot.twin.agenda import Agenda
from bot.twin.fate import Fate
from bot.twin.figures import figures
from bot.twin.invariants import violations
from bot.twin.life import Life
from bot.twin.machine import StillClock
from bot.twin.mortal import MortalMachine
from bot.twin.scale import Scale
from bot.twin.screens import Screens
from bot.twin.town import START, Town
from bot.twin.weather import Weather

POLICY = "policy-what-if"
STRICTER = """\
pack: {name}
version: 1
title: What if there were more notice
parent: policy-default
effective_from: 2026-01-01
reviewed_by: ""
rules:
  - id: what-if-notice
    title: So long lies between the notice and the visit
    kind: minimum_notice
    value: {{hours: {hours}}}
    citation: "a question"
    force: policy
    evidence: lender
    confidence: H
    status: verified
    actions: [visit_slot]
"""


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of it: what is not as it must be (a line each), and how much happened."""

    violations: list[str]
    counts: dict[str, int]


async def simulate(scale: Scale, folder: Path) -> Lived:
    """Live through it, and say what is not as it must be."""
    settings = _settings(scale, folder)
    await prepare(settings)
    async with open_installation(settings, at_once=True) as inst:
        fate = Fate(Random(scale.seed + 1), scale.deaths)
        weather = Weather(Random(scale.seed + 2), scale.climate)
        machine = MortalMachine(inst, StillClock(START), fate, weather)
        life = Life(machine, Random(scale.seed), Agenda(), Screens(machine))
        town = Town(life, fate, weather, scale.staffing)
        await town.begin(scale.customers, scale.days, folder)
        await town.live(START + timedelta(days=scale.days))
        counts = {"acts": town.acts, "deaths": fate.deaths, "messages": len(machine.arrivals)}
        return Lived(await violations(inst, machine.arrivals), counts | await figures(inst))


def _settings(scale: Scale, folder: Path) -> Settings:
    settings = house(folder)
    if scale.notice is None:
        return settings
    place = settings.own_packs / POLICY
    place.mkdir(parents=True)
    (place / "v1.yaml").write_text(STRICTER.format(name=POLICY, hours=scale.notice), "utf-8")
    return settings.model_copy(update={"rule_pack": POLICY})
