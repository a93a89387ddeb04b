"""`flows simulate`: a made-up town lives through some days on the real services, and what must hold is held."""

import asyncio
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import Json, show, show_json

if TYPE_CHECKING:
    from bot.twin.run import Lived
    from bot.twin.scale import Scale

Deaths = Annotated[
    float, typer.Option(min=0, max=0.2, help="Share of the moments at which the process could die, and does.")
]
WhatIf = Annotated[
    list[str] | None,
    typer.Option(
        help="The same lives once more, changed: notice HOURS, teams N, ill N (officers); several with commas."
    ),
]
AS_IT_IS = "as it is"
EVERY = 10.0  # seconds between two words on how far a life is


@dataclass(frozen=True, slots=True)
class Told:
    """A life of a town with what it took: seconds, and megabytes at the most."""

    town: str
    scale: "Scale"
    lived: "Lived"
    seconds: int
    megabytes: int

    def row(self) -> dict[str, Any]:
        """Return it field by field, for scripts."""
        counts, took = self.lived.counts, {"seconds": self.seconds, "megabytes": self.megabytes}
        return (
            {"town": self.town, "seed": self.scale.seed}
            | counts
            | took
            | {"violations": self.lived.violations}
        )

    def tell(self) -> None:
        """Print what came of it; what must not be, with how to see it once more."""
        counted = ", ".join(f"{count} {name}" for name, count in self.lived.counts.items())
        print(
            f"{self.town}, seed {self.scale.seed}: {counted}; {self.seconds} s, {self.megabytes} MB",
            flush=True,
        )
        for line in self.lived.violations:
            print(f"  {line}")
        if self.lived.violations:
            print(f"  once more: doorstep flows simulate {self._options()}")

    def _options(self) -> str:
        scale = self.scale
        options = [f"--customers {scale.customers} --days {scale.days} --seed {scale.seed}"]
        options += [f"--deaths {scale.deaths}"] * bool(scale.deaths) + ["--foul"] * (
            scale.climate.outages > 0
        )
        return " ".join(options + [f'--what-if "{self.town}"'] * (self.town != AS_IT_IS))


def simulate(
    customers: Annotated[int, typer.Option(min=1, help="How many customers.")] = 50,
    days: Annotated[int, typer.Option(min=1, max=365, help="How many days.")] = 14,
    seed: Annotated[int, typer.Option(help="The same seed lives the same life.")] = 1,
    lives: Annotated[int, typer.Option(min=1, help="How many lives, with seeds that follow.")] = 1,
    *,
    deaths: Deaths = 0.0,
    foul: Annotated[
        bool, typer.Option("--foul", help="Telegram refuses, loses, doubles and is away for hours.")
    ] = False,
    what_if: WhatIf = None,
    as_json: Json = False,
) -> None:
    """Let made-up people, teams and a desk live with Doorstep, and look for what must never be."""
    from bot.twin import scale, weather  # noqa: PLC0415 - solver and services take seconds to load

    usual = scale.Scale(customers, days, seed, deaths, weather.FOUL if foul else weather.FAIR)
    towns = {AS_IT_IS: usual} | {one: scale.what_if(usual, one) for one in what_if or ()}
    told = list(_all(towns, range(seed, seed + lives), aloud=not as_json))
    if as_json:
        show_json([one.row() for one in told])
    elif what_if:
        show(_table(towns, told), as_json=False, empty="")
    if any(one.lived.violations for one in told):
        raise typer.Exit(1)
    if not as_json:
        print("Nothing was lost, doubled, unlawful, stuck or in two states.")


def _all(towns: Mapping[str, "Scale"], seeds: Sequence[int], *, aloud: bool) -> Iterator[Told]:
    """Live every life, as many at once as there are processors; yield them in order, as they end."""
    asked = [(name, replace(town, seed=seed)) for name, town in towns.items() for seed in seeds]
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(asked))) as pool:
        for one in pool.map(_live, *zip(*asked, strict=True)):
            if aloud:
                one.tell()
            yield one


class Dawns:
    """Tells a person at a terminal how far a long life is; at most every ten seconds."""

    def __init__(self, town: str, seed: int) -> None:
        self._life = f"{town}, seed {seed}"
        self._next = time.monotonic() + EVERY

    def __call__(self, day: date, acts: int) -> None:
        """Tell of a new day."""
        if sys.stderr.isatty() and time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY
            print(f"{self._life}: {day}, {acts:,} acts so far", file=sys.stderr, flush=True)


def _live(town: str, scale: "Scale") -> Told:
    from bot.twin.run import simulate as live  # noqa: PLC0415 - as above

    started = time.monotonic()
    memory = Path("/dev/shm")  # noqa: S108 - a folder in memory, where there is one: each commit would wait for the disk
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        lived = asyncio.run(live(scale, Path(folder), Dawns(town, scale.seed)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Told(town, scale, lived, round(time.monotonic() - started), round(peak))


def _table(towns: Iterable[str], told: Sequence[Told]) -> list[dict[str, Any]]:
    """Return a line for each town: what its lives came to in the mean, and all that must not be."""
    rows = []
    for name in towns:
        lives = [one.lived for one in told if one.town == name]
        means = {key: round(mean(one.counts[key] for one in lives), 1) for key in lives[0].counts}
        rows.append({"town": name} | means | {"violations": sum(len(one.violations) for one in lives)})
    return rows
