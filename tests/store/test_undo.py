"""A file that is taken back leaves the database as it found it, whichever database that is."""

from pathlib import Path
from typing import Any

import pytest

from bot.app import open_installation, prepare
from bot.documents.safe_csv import csv_file
from bot.service.desk.files.findings import Paper, Report
from bot.service.desk.files.intake import import_file
from bot.service.desk.files.undo import take_back
from bot.service.desk.invites import customer_links
from bot.service.installation import Installation
from bot.settings import Settings
from bot.store import agreements, cases, promises
from bot.store.engine import Store
from bot.store.tables import keys, metadata
from tests.store.rows import NOON

COLUMNS = "case_ref,name,phone,id_last4,jurisdiction,timezone,address,currency,outstanding,overdue_since"
PAYMENTS = "case_ref,paid_at,amount,reference"
LEFT = {
    "batches",
    "audit",
    "audit_chains",
    "keys",
}  # that there was a file, and was taken back, stays on record


def line(ref: str, outstanding: str) -> str:
    """Return a row of a case."""
    return f"{ref},Ada Finch,+442079460101,482X,UK,Europe/London,12 Elm Grove,GBP,{outstanding},2026-11-02"


class Desk:
    """An installation on the database under test, and the files that somebody sends it."""

    def __init__(self, inst: Installation, folder: Path) -> None:
        self.inst, self._folder = inst, folder

    async def take(self, *lines: str) -> int:
        """Take a file in; return its batch."""
        path = self._folder / "in.csv"
        path.write_text("\n".join(lines), "utf-8")
        nowhere = Paper(lambda: csv_file(self._folder / "returned.csv"))
        batch_id, _ = await import_file(self.inst, path, Report(self.inst, "en", nowhere, nowhere))
        return batch_id

    async def everything(self) -> dict[str, list[dict[str, Any]]]:
        """Return all rows of all tables but those of the record, without when a row was last written."""
        found = {}
        async with self.inst.store.read() as tx:
            for table in metadata.sorted_tables:
                if table.name not in LEFT:
                    rows = (await tx.execute(table.select())).mappings()
                    bare = [{k: v for k, v in row.items() if k != "updated_at"} for row in rows]
                    found[table.name] = sorted(bare, key=str)
        return found


@pytest.fixture
async def desk(bare: Store, url: str, tmp_path: Path) -> Any:
    """A desk on an empty database."""
    settings = Settings(data_dir=tmp_path, database_url=url, creditor="Harbour Bank", _env_file=None)
    await prepare(settings)
    async with open_installation(settings) as inst:
        yield Desk(inst, tmp_path)


async def test_cases_taken_back(desk: Desk) -> None:
    """New cases go with their keys, changed ones are what they were, the others are not touched."""
    await desk.take(COLUMNS, *(line(f"A-{number}", "900") for number in range(3)))
    before = await desk.everything()
    batch_id = await desk.take(COLUMNS, line("A-0", "900"), line("A-1", "850"), line("B-1", "70"))
    assert await desk.everything() != before

    done = await take_back(desk.inst, batch_id)

    assert done is not None
    assert (done.cases, done.obstacles) == (2, {})
    assert await desk.everything() == before
    async with desk.inst.store.read() as tx:
        rows = (await tx.execute(keys.select().where(keys.c.id.startswith("case:")))).all()
    assert sorted(bool(row.wrapped) for row in rows) == [False, True, True, True]
    assert await take_back(desk.inst, batch_id) is None


async def test_holds_go_with_the_file_that_brought_them(desk: Desk) -> None:
    """A customer who is told to be vulnerable is on hold; taken back, neither a new case nor a changed one is."""
    await desk.take(COLUMNS, line("A-1", "900"), line("A-2", "900"))
    before = await desk.everything()
    rows = (f"{line(ref, '900')},{told}" for ref, told in (("A-1", "yes"), ("A-2", "no"), ("B-1", "yes")))
    batch_id = await desk.take(f"{COLUMNS},vulnerable", *rows)
    held = (await desk.everything())["holds"]
    assert [(row["kind"], row["opened_by"]) for row in held] == [("vulnerable", f"batch:{batch_id}")] * 2

    done = await take_back(desk.inst, batch_id)

    assert done is not None
    assert (done.cases, done.obstacles) == (3, {})
    assert await desk.everything() == before


async def test_payments_taken_back(desk: Desk) -> None:
    """The amounts are outstanding again, and the promise that a payment kept is open, for a person to see."""
    await desk.take(COLUMNS, line("A-1", "900"), line("A-2", "900"))
    async with desk.inst.store.begin() as tx:
        case_id = next(row.id for row in await cases.all_rows(tx) if row.case_ref == "A-1")
        promise = {"id": 5, "case_id": case_id, "visit_id": None, "amount": 4000, "due_on": NOON.date()}
        await promises.replace_open(tx, promise | {"status": "open", "created_at": NOON.replace(year=2020)})
    before = await desk.everything()
    batch_id = await desk.take(PAYMENTS, "A-1,2021-02-20,40,P-1", "A-2,2021-02-20,900,P-2")
    async with desk.inst.store.read() as tx:
        assert [row.status for row in await promises.of_case(tx, case_id)] == ["kept"]

    done = await take_back(desk.inst, batch_id)

    assert done is not None
    assert (done.cases, done.reopened) == (2, 1)
    after = await desk.everything()
    assert [row["kind"] for row in after.pop("alerts")] == ["promise_reopened"]
    del before["alerts"]
    assert after == before


async def test_a_payment_of_several_instalments_taken_back(desk: Desk) -> None:
    """All that one payment kept is open again, the plan that it finished goes on, and nothing else is touched."""
    await desk.take(COLUMNS, line("A-1", "900"))
    early = NOON.replace(year=2020)
    async with desk.inst.store.begin() as tx:
        (case,) = await cases.all_rows(tx)
        plan = {
            "id": 7,
            "case_id": case.id,
            "visit_id": None,
            "terms": {},
            "basis": "told",
            "authority": "team",
        }
        plan |= {"status": "accepted", "made_by": "cli", "cooling_off": 0, "created_at": early}
        await agreements.put(tx, plan)
        common = {
            "case_id": case.id,
            "visit_id": None,
            "agreement_id": 7,
            "status": "open",
            "created_at": early,
        }
        days = [NOON.date().replace(day=day) for day in (1, 2, 3)]
        rows = [{"id": n, "number": n, "amount": 30000, "due_on": day} for n, day in enumerate(days, 1)]
        await promises.put(tx, [row | common for row in rows])
    for amount, kept in (("600", 2), ("900", 3)):
        before = await desk.everything()
        batch_id = await desk.take(PAYMENTS, f"A-1,2021-02-20,{amount},P-{amount}")
        async with desk.inst.store.read() as tx:
            statuses = [row.status for row in await promises.of_agreement(tx, 7)]
        assert statuses == ["kept"] * kept + ["open"] * (3 - kept)

        done = await take_back(desk.inst, batch_id)

        assert done is not None
        assert (done.cases, done.reopened) == (1, 1)
        after = await desk.everything()
        for changed in ("alerts", "timers"):
            del before[changed], after[changed]
        assert after == before


async def test_kept_where_something_was_built_on_it(desk: Desk) -> None:
    """Once links were made of its cases a file stays, whole, and the reasons are counted."""
    batch_id = await desk.take(COLUMNS, line("A-1", "900"), line("A-2", "900"))
    await customer_links(desk.inst)
    before = await desk.everything()

    done = await take_back(desk.inst, batch_id)

    assert done is not None
    assert (done.cases, done.obstacles) == (0, {"links": 2})
    assert await desk.everything() == before
