"""A paper that cannot be made is tried three times; then the desk knows, and the next one is made."""

from collections.abc import Awaitable, Callable

import pytest

from bot.service.archive import their_data_work
from bot.service.desk.queue.chat import queue_rows
from bot.service.field import report_work
from bot.store import timers, visits
from tests.service.conftest import Town
from tests.service.test_bad_input import announced

Ask = Callable[[Town], Awaitable[None]]


async def a_report(town: Town) -> None:
    """Ask for the report of the visit."""
    async with town.inst.store.begin() as tx:
        (visit,) = await visits.all_rows(tx)
        await report_work.ask_for_report(tx, visit.id, town.clock.now())


async def a_copy(town: Town) -> None:
    """Ask for the customer's copy of their data."""
    async with town.inst.store.begin() as tx:
        (visit,) = await visits.all_rows(tx)
        await their_data_work.ask_for_file(tx, visit.case_id, town.clock.now())


@pytest.mark.parametrize(
    ("ask", "module", "makes"),
    [(a_report, report_work, "visit_report"), (a_copy, their_data_work, "their_data")],
    ids=lambda one: getattr(one, "__name__", ""),
)
async def test_given_up_after_three(
    town: Town, monkeypatch: pytest.MonkeyPatch, ask: Ask, module: object, makes: str
) -> None:
    """Three failures, no more: nothing of it waits any longer, and one item stands in the queue."""
    await announced(town)
    tried: list[int] = []

    async def fails(*_: object) -> None:
        tried.append(1)
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(module, makes, fails)
        await ask(town)
        await town.settle()

    assert len(tried) == 3
    assert [one["kind"] for one in await queue_rows(town.inst)] == ["paper_failed"]
    async with town.inst.store.read() as tx:
        assert await timers.next_slow(tx, str(module.KIND), town.clock.now()) is None
