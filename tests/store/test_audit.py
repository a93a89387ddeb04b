"""The log is chained and stays as it was written, on both databases."""

import asyncio
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError

from bot.app import open_installation, prepare
from bot.clock import Clock
from bot.service.archive.heads import close_day
from bot.service.archive.verify import Verified, verify
from bot.service.installation import Installation
from bot.settings import Settings
from bot.store import audit, audit_chain
from bot.store.engine import Store
from bot.store.schema import _config
from bot.store.types import UtcDateTime
from tests.store.databases import with_store
from tests.store.rows import NOON

FROZEN = ("audit", "audit_anchors", "audit_heads")
WRITERS, ROUNDS = 6, 8


def line(case_id: int | None, kind: str = "case.looked_at", **data: Any) -> dict[str, Any]:
    """Return a line to be written."""
    return {"at": NOON, "actor": "cli", "kind": kind, "case_id": case_id, "data": data}


class AfterNoon(Clock):
    """A clock of the day after."""

    def now(self) -> Any:
        return NOON + timedelta(days=1)


@pytest.fixture
async def inst(bare: Store, url: str, tmp_path: Path) -> Any:
    """An installation whose log has two cases with four lines each, two lines of no case, and a closed day."""
    settings = Settings(data_dir=tmp_path, database_url=url, creditor="Harbour Bank", _env_file=None)
    await prepare(settings)
    async with open_installation(settings) as inst:
        object.__setattr__(inst, "clock", AfterNoon())
        async with inst.store.begin() as tx:
            await audit.append(tx, [line(case, n=n) for n in range(3) for case in (1, 2)])
            await audit.append(tx, [line(None, "staff.off"), line(None, "staff.back", until="käse", at=NOON)])
        await close_day(inst)
        async with inst.store.begin() as tx:
            await audit.append(tx, [line(1, n=3), line(2, n=3)])
        yield inst


async def tamper(inst: Installation, *statements: str) -> Verified:
    """Change the log behind the triggers' back, as who owns the database can; return what is found."""
    async with inst.store.begin() as tx:
        for table in FROZEN:
            if inst.store.dialect == "sqlite":
                for deed in ("update", "delete"):
                    await tx.execute(text(f"DROP TRIGGER {table}_refuses_{deed}"))
            else:
                await tx.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        for statement in statements:
            await tx.execute(text(statement))
    return await verify(inst)


async def test_a_log_as_written_is_whole(inst: Installation) -> None:
    """Every chain and head follows; the newest head is told, so that it can be kept elsewhere."""
    found = await verify(inst)

    assert (found.fault, found.lines, found.chains, found.heads) == (None, 10, 3, 1)
    assert found.newest is not None
    assert found.newest.day == NOON.date()


@pytest.mark.parametrize("table", FROZEN)
@pytest.mark.parametrize("deed", ["UPDATE {0} SET hash = hash", "DELETE FROM {0}"])
async def test_the_database_refuses_a_change(inst: Installation, table: str, deed: str) -> None:
    """Neither lines nor anchors nor heads can be changed or removed while the triggers stand."""
    with pytest.raises(DBAPIError, match="insert-only"):
        async with inst.store.begin() as tx:
            await tx.execute(text(deed.format(table)))


SWAP = (
    "UPDATE audit SET line = 99 WHERE case_id = 1 AND line = 2",
    "UPDATE audit SET line = 2 WHERE case_id = 1 AND line = 3",
    "UPDATE audit SET line = 3 WHERE case_id = 1 AND line = 99",
)
CUT_OFF = "DELETE FROM audit WHERE case_id = 1 AND line = 4"
_END = "SELECT hash FROM audit WHERE case_id = 1 AND line = 3"
SHORTER = (
    CUT_OFF,
    f"UPDATE audit_chains SET lines = 3, hash = ({_END}) WHERE chain_id = 1",  # noqa: S608
)
FORGOTTEN = ("DELETE FROM audit WHERE case_id = 2", "DELETE FROM audit_chains WHERE chain_id = 2")


@pytest.mark.parametrize(
    ("statements", "case", "where", "what"),
    [
        (["UPDATE audit SET actor = 'x' WHERE case_id = 2 AND line = 3"], "2", "line 3", "changed"),
        (["UPDATE audit SET data = '{}' WHERE case_id = 1 AND line = 1"], "1", "line 1", "changed"),
        (["DELETE FROM audit WHERE case_id = 1 AND line = 2"], "1", "line 2", "removed"),
        ([CUT_OFF], "1", "line 4", "removed"),
        (SWAP, "1", "line 2", "reordered"),
        (FORGOTTEN, "2", "line 1", "removed"),
        (["UPDATE audit_chains SET lines = 3 WHERE chain_id = 1"], "1", "line 4", "head_mismatch"),
        (
            ["UPDATE audit_anchors SET hash = seal FROM audit_heads WHERE chain_id = 2"],
            "2",
            "line 3",
            "head_mismatch",
        ),
        (["UPDATE audit_heads SET leaves = 9"], None, "head of 2027-03-01", "head_mismatch"),
        (["UPDATE audit_heads SET seal = root"], None, "head of 2027-03-01", "head_mismatch"),
        (["DELETE FROM audit_anchors WHERE chain_id = 2"], None, "head of 2027-03-01", "head_mismatch"),
    ],
)
async def test_the_first_broken_link_is_named(
    inst: Installation, statements: list[str], case: str | None, where: str, what: str
) -> None:
    """Whatever was changed, removed, reordered or shortened is found, with the case, the line and the kind."""
    found = await tamper(inst, *statements)

    assert found.fault is not None
    assert (found.case_ref, found.fault.where, found.fault.what) == (case, where, what)


async def test_what_is_cut_off_with_its_end_is_held_by_the_head(inst: Installation) -> None:
    """Lines removed together with the record of the chain's end are missed at the next head, and not before."""
    await close_day_of(inst, 2)
    found = await tamper(inst, *SHORTER)

    assert found.fault is not None
    assert (found.case_ref, found.fault.where, found.fault.what) == ("1", "line 4", "removed")


async def close_day_of(inst: Installation, days: int) -> date:
    """Close the day before so many days after noon."""

    class Later(Clock):
        def now(self) -> Any:
            return NOON + timedelta(days=days)

    object.__setattr__(inst, "clock", Later())
    return await close_day(inst)


async def test_days_follow_each_other(inst: Installation) -> None:
    """Each day has one head, quiet days and days without a running bot included, and each holds the one before."""
    assert await close_day_of(inst, 1) == await close_day_of(inst, 1) == date(2027, 3, 1)
    await close_day_of(inst, 2)
    await close_day_of(inst, 3)
    await close_day_of(inst, 9)

    async with inst.store.read() as tx:
        heads = await audit_chain.heads(tx)
    assert [(head.day.day, head.leaves) for head in heads] == [(1, 3), (2, 2), (3, 0), (9, 0)]
    assert [head.previous for head in heads[1:]] == [head.hash for head in heads[:-1]]
    assert (await verify(inst)).fault is None


async def _write(store: Store) -> None:
    """Write to chains that others write to as well, each in an order of its own, and take some of it back."""
    for number in range(ROUNDS):
        async with store.begin() as tx:
            await audit.append(tx, [line(case, n=number) for case in (7, None, 8)])
            await asyncio.sleep(0)
            undone = await tx.begin_nested()
            await audit.append(tx, [line(8, "undone")])
            await undone.rollback()
            await audit.append(tx, [line(8, "again")])


async def test_chains_are_whole_under_contention(inst: Installation, url: str) -> None:
    """Replicas that write to the same chains at once, a new one among them, chain one after another."""
    await asyncio.gather(*(with_store(url, _write) for _ in range(WRITERS)), _close_often(url, inst))

    found = await verify(inst)

    assert (found.fault, found.lines) == (None, 10 + WRITERS * ROUNDS * 4)


async def _close_often(url: str, inst: Installation) -> None:
    for days in range(2, 6):
        await close_day_of(inst, days)
        await asyncio.sleep(0)


async def test_a_batch_costs_as_many_statements_as_a_line(inst: Installation) -> None:
    """However many lines are written at once, it takes the same few statements."""
    counts = []
    for cases in ([1], [1, 2] * 40):
        async with inst.store.begin() as tx:
            told: list[str] = []
            listen(tx, told)
            await audit.append(tx, [line(case) for case in cases])
            counts.append(len(told))
    assert counts == [3, 3]


def listen(tx: Any, told: list[str]) -> None:
    """Note each statement of a transaction."""

    @event.listens_for(tx.sync_connection, "before_cursor_execute")
    def _note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        told.append(statement)


def _before_the_chain(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "0026")


async def test_a_log_that_was_not_chained_is_chained_as_it_stands(
    bare: Store, url: str, tmp_path: Path
) -> None:
    """Lines of an earlier version keep their order and content, and new ones follow them."""
    async with bare.begin() as tx:
        await tx.run_sync(_before_the_chain)
        data = "CAST(:data AS jsonb)" if bare.dialect == "postgresql" else ":data"
        at = UtcDateTime().process_bind_param(NOON, bare_dialect(bare))
        for number in range(1200):
            row = {
                "at": at,
                "data": f'{{"n": {number}, "b": {{"z": null, "a": "ä"}}}}',
                "case": number % 3 or None,
            }
            sql = f"INSERT INTO audit (at, actor, kind, case_id, data) VALUES (:at, 'cli', 'old', :case, {data})"  # noqa: S608
            await tx.execute(text(sql), row)
    settings = Settings(data_dir=tmp_path, database_url=url, creditor="Harbour Bank", _env_file=None)
    await prepare(settings)
    async with open_installation(settings) as inst:
        async with inst.store.begin() as tx:
            await audit.append(tx, [line(1, "new")])
            rows = await audit_chain.lines(tx, [1])
        found = await verify(inst)

    assert (found.fault, found.lines, found.chains) == (None, 1201, 3)
    assert [row.line for row in rows] == list(range(1, 402))
    assert [row.data.get("n") for row in rows][:3] == [1, 4, 7]


def bare_dialect(store: Store) -> Any:
    """Return the dialect of a database."""
    return store._engine.dialect
