"""(b) A broadcast under Telegram's limit of 30 messages a second, while one person a second taps a button.

A slot is a thirtieth of a second between the first and the last notice; notices and replies (the edits after a tap)
take one each. Ours are unasked messages to 900 customers, each with a case of their own: judged when they are put
down and again when they leave, and marked as leaving before they do. The peer's are plain sends.
"""

import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.arena import Arena
from tests.bench.audience import STAFF
from tests.bench.tables import table

PER_SECOND = 30
LATENCY_MS = 50
NOON = "2026-11-24T12:00:00+00:00"  # a Tuesday, at an hour when customers may be written to
QUIET = 8.0  # seconds without a notice, after which those that are missing are lost
HEAD = ("sender", "limit", "seconds", "slots used", "429", "lost", "twice", "reply p50 ms", "reply p99 ms")
PEERS = {
    "Doorstep (SQLite, FULL)": "tests.bench.peers.doorstep",
    "python-telegram-bot AIORateLimiter": "tests.bench.peers.ptb_broadcast",
}


@dataclass
class Broadcast:
    """How one went."""

    seconds: float
    slots: float
    strikes: int
    lost: int
    repeated: int
    p50_ms: float
    p99_ms: float


def run(module: str, model: str, notices: int) -> Broadcast:
    """Broadcast once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clock = folder / "clock"
        clock.write_text(NOON)
        audience = ("tests.bench.audience", model, LATENCY_MS, notices)
        with Arena(folder, *audience, DOORSTEP_CLOCK=str(clock)) as arena:
            bot = arena.start(module, STAFF, notices)
            try:
                arena.ask("questions")
                arena.wait_for("figures", lambda found: found["open"] == STAFF)
                time.sleep(1.5)  # the limits of the questions are over
                arena.ask("begin")
                found = arena.wait_for("figures", lambda so_far: _over(so_far, notices), patience=180.0)
            finally:
                bot.terminate()
                bot.wait()
    seconds = max(found["seconds"], 1 / PER_SECOND)
    return Broadcast(
        seconds=seconds,
        slots=(found["news"] + found["replies"]) / (PER_SECOND * seconds),
        strikes=found["strikes"],
        lost=notices - found["news"],
        repeated=found["repeated"],
        p50_ms=found["p50_ms"],
        p99_ms=found["p99_ms"],
    )


def _over(found: dict[str, Any], notices: int) -> bool:
    return found["news"] == notices or found["quiet_s"] > QUIET


def section(*, quick: bool) -> tuple[str, dict[str, Any]]:
    """Return the table and the figures behind it."""
    notices = 90 if quick else 900
    rows, figures = [], {}
    for name, module in PEERS.items():
        for model in ("bucket", "window"):
            one = run(module, model, notices)
            figures[f"{name}, {model}"] = asdict(one)
            rows.append([name, model, *_columns(one)])
    title = f"{notices} notices, {PER_SECOND} a second allowed, {LATENCY_MS} ms for each call of the API"
    return f"{title}:\n\n{table(HEAD, rows)}", figures


def _columns(one: Broadcast) -> tuple[object, ...]:
    slots, seconds = f"{100 * one.slots:.1f} %", f"{one.seconds:.1f}"
    return seconds, slots, one.strikes, one.lost, one.repeated, f"{one.p50_ms:.0f}", f"{one.p99_ms:.0f}"
