"""`flows simulate`: a made-up town lives through some days on the real services, and what must hold is held."""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

Deaths = Annotated[
    float, typer.Option(min=0, max=0.2, help="Share of the moments at which the process could die, and does.")
]


def simulate(
    customers: Annotated[int, typer.Option(min=1, help="How many customers.")] = 50,
    days: Annotated[int, typer.Option(min=1, max=365, help="How many days.")] = 14,
    seed: Annotated[int, typer.Option(help="The same seed lives the same life.")] = 1,
    lives: Annotated[int, typer.Option(min=1, help="How many lives, with seeds that follow.")] = 1,
    deaths: Deaths = 0.0,
    foul: Annotated[
        bool, typer.Option("--foul", help="Telegram refuses, loses, doubles and is away for hours.")
    ] = False,
) -> None:
    """Let made-up people, teams and a desk live with Doorstep, and look for what must never be."""
    from bot.twin import run, weather  # noqa: PLC0415 - solver and services take seconds to load

    broken = False
    for one in range(seed, seed + lives):
        scale = run.Scale(customers, days, one, deaths, weather.FOUL if foul else weather.FAIR)
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            lived = asyncio.run(run.simulate(scale, Path(folder)))
        counted = ", ".join(f"{count} {name}" for name, count in lived.counts.items())
        print(f"seed {one}: {counted}; {time.monotonic() - started:.0f} s")
        for line in lived.violations:
            print(f"  {line}")
        if lived.violations:
            broken = True
            again = f"--customers {customers} --days {days} --seed {one} --deaths {deaths}{' --foul' if foul else ''}"
            print(f"  once more: doorstep flows simulate {again}")
    if broken:
        raise typer.Exit(1)
    print("Nothing was lost, doubled, unlawful, stuck or in two states.")
