"""(c) A million waiting timers: time to open, a tick of a hundred due until they are marked as done, memory.

Opening and ticking happen in a fresh process each, so that memory is that of the store and not of filling it.
"""

import asyncio
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from bot.ids import new_id
from bot.store import timers
from bot.store.engine import Store, open_store
from bot.store.schema import migrate
from tests.bench.tables import table

START = datetime(2027, 3, 1, 9, tzinfo=UTC)
DUE = 100
TICKS = 20
CHUNK = 5000  # rows a transaction
HEAD = (
    "store (SQLite)",
    "waiting",
    "added in s",
    "opened in ms",
    "tick of 100 until done, ms",
    "RSS grown MB",
)
Figures = dict[str, float]


def rss_mb() -> float:
    """Return the memory that this process holds now, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1_048_576


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _due_at(number: int) -> datetime:
    return START + timedelta(seconds=number // DUE)


# -- ours


def _row(number: int) -> dict[str, Any]:
    about = {"id": new_id(), "kind": "session", "subject_id": number, "key": "visit_notice.notice.nudge"}
    return about | {"turn": 1, "due_at": _due_at(number), "status": "waiting"}


async def _fill_ours(url: str, count: int) -> None:
    store = open_store(url)
    await migrate(store)
    for start in range(0, count, CHUNK):
        async with store.begin() as tx:
            await timers.put(tx, [_row(number) for number in range(start, min(start + CHUNK, count))])
    await store.dispose()


async def _tick_ours(store: Store, now: datetime) -> float:
    began = time.perf_counter()
    async with store.begin() as tx:
        due = await timers.due(tx, now, DUE)
        await timers.finish(tx, [row.id for row in due])
    if len(due) != DUE:
        raise RuntimeError(f"{len(due)} timers were due, not {DUE}")
    return 1000 * (time.perf_counter() - began)


async def _measure_ours(url: str) -> Figures:
    before, began = rss_mb(), time.perf_counter()
    store = open_store(url)
    async with store.read() as tx:
        await timers.due(tx, START - timedelta(days=1), 1)
    opened = 1000 * (time.perf_counter() - began)
    ticks = [await _tick_ours(store, _due_at(number * DUE)) for number in range(TICKS)]
    grown = rss_mb() - before
    await store.dispose()
    return {"opened_ms": opened, "tick_ms": _middle(ticks), "grown_mb": grown}


def fill_ours(path: str, count: int) -> None:
    """Put timers down through the product's store."""
    asyncio.run(_fill_ours(f"sqlite+aiosqlite:///{path}", count))


def measure_ours(path: str) -> Figures:
    """Open the product's store and tick."""
    return asyncio.run(_measure_ours(f"sqlite+aiosqlite:///{path}"))


# -- APScheduler's


def nothing() -> None:
    """A job."""


def fill_theirs(path: str, count: int) -> None:
    """Add jobs, with the scheduler's defaults."""
    scheduler = BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{path}")}, timezone="UTC"
    )
    scheduler.start(paused=True)
    for number in range(count):
        scheduler.add_job(nothing, "date", run_date=_due_at(number))
    scheduler.shutdown(wait=False)


def measure_theirs(path: str) -> Figures:
    """Open the job store and do to it what the scheduler does with jobs that run once."""
    before, began = rss_mb(), time.perf_counter()
    store = SQLAlchemyJobStore(url=f"sqlite:///{path}")
    scheduler = BackgroundScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start(paused=True)
    store.get_next_run_time()
    opened = 1000 * (time.perf_counter() - began)
    ticks = []
    for number in range(TICKS):
        began = time.perf_counter()
        for job in store.get_due_jobs(_due_at(number * DUE)):
            store.remove_job(job.id)
        ticks.append(1000 * (time.perf_counter() - began))
    grown = rss_mb() - before
    scheduler.shutdown(wait=False)
    return {"opened_ms": opened, "tick_ms": _middle(ticks), "grown_mb": grown}


def run(fill: Callable[[str, int], None], measure: Callable[[str], Figures], count: int) -> Figures:
    """Fill a store here, measure it in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/timers.sqlite3"
        began = time.perf_counter()
        fill(path, count)
        filled = time.perf_counter() - began
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as fresh:
            return {"waiting": count, "filled_s": filled} | fresh.submit(measure, path).result()


def section(*, quick: bool) -> tuple[str, dict[str, Any]]:
    """Return the table and the figures behind it."""
    ours, theirs = (20_000, 2_500) if quick else (1_000_000, 10_000)
    figures = {
        "Doorstep": run(fill_ours, measure_ours, ours),
        "APScheduler SQLAlchemyJobStore": run(fill_theirs, measure_theirs, theirs),
    }
    rows = [
        [name, f"{one['waiting']:,}", f"{one['filled_s']:.1f}"]
        + [f"{one[column]:.1f}" for column in ("opened_ms", "tick_ms", "grown_mb")]
        for name, one in figures.items()
    ]
    return table(HEAD, rows), figures
