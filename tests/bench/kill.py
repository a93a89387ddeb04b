"""(a) again: each bot is killed with signal 9 under full load and started anew. Who is stuck, who sees a wrong state?

Those who still wait a while after the restart press their button once more, as people do, before they count.
"""

import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.arena import Arena
from tests.bench.checklist import CROWD, PEERS
from tests.bench.tables import spread, table

HEAD = ("bot", "people", "stuck", "shown a wrong state", "steps/s after the restart")
TO_RECOVER = 4.0  # seconds


@dataclass
class Aftermath:
    """What one death came to."""

    people: int
    stuck: int
    wrong: int
    steps_s: float


def kill(module: str, *, people: int, seconds: float) -> Aftermath:
    """Kill a bot after `seconds` of load, start it again, look who is left behind."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Arena(Path(folder), CROWD, people, 0, DOORSTEP_RATE="0") as arena,
    ):
        bot = arena.start(module, people)
        arena.ask("begin")
        arena.wait_for("figures", lambda found: found["unserved"] < people / 10)
        time.sleep(seconds)
        bot.kill()
        bot.wait()
        arena.ask("mark")
        bot = arena.start(module, people)
        try:
            time.sleep(TO_RECOVER)
            arena.ask("again")
            time.sleep(TO_RECOVER)
            found = arena.ask("figures")
        finally:
            bot.terminate()
            bot.wait()
    return Aftermath(people, found["stuck"], found["wrong"], found["steps"] / TO_RECOVER)


def section(*, quick: bool) -> tuple[str, dict[str, Any]]:
    """Return the table and the figures behind it."""
    people, seconds, count = (20, 1.0, 1) if quick else (200, 2.0, 2)
    found = {
        name: [kill(module, people=people, seconds=seconds + number / 10) for number in range(count)]
        for name, module in PEERS.items()
    }
    rows = [
        [
            name,
            people,
            spread([one.stuck for one in deaths]),
            spread([one.wrong for one in deaths]),
            spread([one.steps_s for one in deaths]),
        ]
        for name, deaths in found.items()
    ]
    figures = {name: [asdict(one) for one in deaths] for name, deaths in found.items()}
    return f"Deaths of each bot: {count}\n\n{table(HEAD, rows)}", figures
