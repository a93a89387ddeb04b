"""(a) The ten-step checklist over real HTTP, each person pressing as soon as they see the next step."""

import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.arena import Arena, used
from tests.bench.tables import spread, table

CROWD = "tests.bench.crowd"
OURS = "Doorstep (SQLite, FULL)"
AIOGRAM = "aiogram FSM (memory)"
PEERS = {
    OURS: "tests.bench.peers.doorstep",
    AIOGRAM: "tests.bench.peers.aiogram_fsm",
    "python-telegram-bot ConversationHandler (memory)": "tests.bench.peers.ptb_conversation",
}
LATENCIES = (0, 50)  # ms for each call of the API
HEAD = ("bot", "steps/s", "to aiogram", "p50 ms", "p99 ms", "CPU s per 1,000", "peak RSS MB", "wrong states")


@dataclass
class Run:
    """One bot in one round."""

    steps_s: float
    p50_ms: float
    p99_ms: float
    cpu_s_per_1000: float
    rss_mb: float
    wrong: int


def run(module: str, *, people: int, latency_ms: float, seconds: float) -> Run:
    """Let a bot work for a while, once everybody has seen a first question, and count."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Arena(Path(folder), CROWD, people, latency_ms, DOORSTEP_RATE="0") as arena,
    ):
        bot = arena.start(module, people)
        try:
            arena.ask("begin")
            arena.wait_for("figures", lambda found: found["unserved"] < people / 10)
            time.sleep(min(seconds, 1.0))
            arena.ask("figures")
            cpu, began = used(bot.pid)[0], time.perf_counter()
            time.sleep(seconds)
            took, (after, peak) = time.perf_counter() - began, used(bot.pid)
            found = arena.ask("figures")
        finally:
            bot.terminate()
            bot.wait()
    steps = max(found["steps"], 1)
    per_1000 = 1000 * (after - cpu) / steps
    return Run(steps / took, found["p50_ms"], found["p99_ms"], per_1000, peak, found["wrong"])


def rounds(*, people: int, seconds: float, count: int, latency_ms: float) -> dict[str, list[Run]]:
    """Run every bot in every round, in an order that rotates."""
    found: dict[str, list[Run]] = {name: [] for name in PEERS}
    names = list(PEERS)
    for _ in range(count):
        for name in names:
            found[name].append(run(PEERS[name], people=people, latency_ms=latency_ms, seconds=seconds))
        names = [*names[1:], names[0]]
    return found


def _rows(found: dict[str, list[Run]]) -> list[list[str]]:
    rows = []
    for name, runs in found.items():
        ratios = [one.steps_s / base.steps_s for one, base in zip(runs, found[AIOGRAM], strict=True)]
        columns = [
            ([one.steps_s for one in runs], 0),
            (ratios, 2),
            ([one.p50_ms for one in runs], 0),
            ([one.p99_ms for one in runs], 0),
            ([one.cpu_s_per_1000 for one in runs], 2),
            ([one.rss_mb for one in runs], 0),
            ([one.wrong for one in runs], 0),
        ]
        rows.append([name, *(spread(values, digits) for values, digits in columns)])
    return rows


def section(*, quick: bool) -> tuple[str, dict[str, Any]]:
    """Return the tables and the figures behind them."""
    people, seconds, count = (20, 1.5, 1) if quick else (200, 5.0, 3)
    parts, figures = [], {}
    for latency_ms in LATENCIES:
        found = rounds(people=people, seconds=seconds, count=count, latency_ms=latency_ms)
        title = (
            f"{people} people, {latency_ms} ms for each call of the API, rounds: {count}, {seconds} s each"
        )
        parts.append(f"{title}:\n\n{table(HEAD, _rows(found))}")
        figures[f"{latency_ms} ms"] = {name: [asdict(one) for one in runs] for name, runs in found.items()}
    return "\n\n".join(parts), figures
