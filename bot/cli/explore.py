"""`flows explore`: plays that walk what nobody has walked yet, to be read and kept as tests."""

from pathlib import Path

from bot.cli.output import wait
from bot.drafting.explore import explore as explored
from bot.drafting.playing import persona_of
from bot.drafting.walked import line_of, read_exceptions, read_walked
from bot.drafting.which import script_called
from bot.library import Library
from flows.engine import Walked
from flows.script import Script
from flows.walks import every_way


def explore(
    library: Library, named: str, noted: list[Path], excepted: Path | None, into: Path, seed: int
) -> None:
    """Write a transcript into a folder for each play; tell what was not reached."""
    script = script_called(library, named)
    walked = read_walked(noted)
    reasons = read_exceptions(excepted, library.latest.values())
    unwalked = {way for way in every_way(script) if way not in walked and way not in reasons}
    party = persona_of(script, None, "en", [], [], new=False).party
    into.mkdir(parents=True, exist_ok=True)
    count = wait(_write(library, script, party, unwalked, into, seed))
    print(f"{script.name}: {count} plays in {into}; {len(unwalked)} ways were not reached.")
    for one in sorted(unwalked):
        print(f"not reached: {line_of(one)}")


async def _write(
    library: Library, script: Script, party: str, unwalked: set[Walked], into: Path, seed: int
) -> int:
    count = 0
    async for text in explored(library, script, party, unwalked, seed):
        count += 1
        (into / f"{script.name}_{count:02}.txt").write_text(text, "utf-8")
    return count
