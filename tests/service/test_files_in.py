"""Files of cases and payments: taken, compared, given back, taken back."""

import csv
from pathlib import Path

import pytest

from bot.documents.safe_csv import csv_file
from bot.errors import FileRefused
from bot.service.desk.cases.holds import lift_case
from bot.service.desk.cases.look import case_detail
from bot.service.desk.files import intake
from bot.service.desk.files.findings import Findings, Paper, Report
from bot.service.desk.files.intake import import_file, look
from bot.service.desk.files.undo import take_back
from bot.service.desk.invites import customer_links
from bot.store import batches, cases, keys
from tests.service.conftest import HEADER, ROW, Town
from tests.service.test_bad_input import ADA, announced


async def _silent(_: int) -> None:
    pass


class Desk:
    """A desk with files on it."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.town = town
        self.folder = folder

    def file(self, *lines: str) -> Path:
        path = self.folder / "in.csv"
        path.write_text("\n".join(lines), "utf-8")
        return path

    def report(self, locale: str = "en") -> Report:
        papers = [Paper(lambda name=name: csv_file(self.folder / name)) for name in ("bad.csv", "new.csv")]
        return Report(self.town.inst, locale, *papers)

    async def take(self, *lines: str, locale: str = "en") -> tuple[int, Findings]:
        report = self.report(locale)
        try:
            return await import_file(self.town.inst, self.file(*lines), report)
        finally:
            report.close()

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    async def case(self, ref: str = "A-1") -> dict[str, object]:
        found = await case_detail(self.town.inst, ref)
        del found["timeline"]  # every look is on record
        return found


@pytest.fixture
def desk(town: Town, tmp_path: Path) -> Desk:
    return Desk(town, tmp_path)


def row(ref: str, **changes: str) -> str:
    line = f"{ref},Ada Finch,{ROW}"
    for old, new in changes.items():
        line = line.replace({"amount": "1240.50", "phone": "+442079460101"}[old], new)
    return line


async def test_only_what_differs_is_written(desk: Desk) -> None:
    """A file that comes again changes nothing; one that differs changes what differs, and says what."""
    await desk.take(HEADER, row("A-1"), row("A-2"))
    _, again = await desk.take(HEADER, row("A-1"), row("A-2"))
    _, other = await desk.take(HEADER, row("A-1", amount="900"), row("A-2", phone="+442079460102"))

    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert (other.changed, dict(other.fields)) == (2, {"outstanding": 1, "phone": 1})
    assert desk.table("new.csv")[0] == {
        "case_ref": "A-1",
        "column": "outstanding",
        "before": "1240.50",
        "after": "900.00",
    }
    assert (await desk.case())["outstanding"] == "900.00"


async def test_what_a_file_does_not_tell_stays(desk: Desk) -> None:
    """A file without a column leaves what is known of it; an empty cell of a column empties it."""
    await desk.take(f"{HEADER},notes", row("A-1") + ",likes mornings")
    _, without = await desk.take(HEADER, row("A-1"))
    _, emptied = await desk.take(f"{HEADER},notes", row("A-1") + ",")

    assert (without.changed, without.unchanged) == (0, 1)
    assert dict(emptied.fields) == {"notes": 1}


async def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    """Looking at a file says what it would come to and leaves everything as it is."""
    found = await look(desk.town.inst, desk.file(HEADER, row("A-1"), row("")), desk.report(), _silent)

    assert (found.new, found.rejected) == (1, 1)
    async with desk.town.inst.store.read() as tx:
        assert list(await cases.all_rows(tx)) == []


async def test_headings_of_another_language(desk: Desk) -> None:
    """A file with Chinese headings in GBK, with semicolons, is taken like any other."""
    header = "案件编号;姓名;电话;证件后四位;语言;司法管辖区;时区;地址;币种;欠款金额;逾期日期"
    line = "A-1;王小明;020 7946 0101;482X;zh-CN;UK;Europe/London;示例路12号;GBP;1240.50;2026年11月2日"
    path = desk.folder / "in.csv"
    path.write_bytes(f"{header}\n{line}\n".encode("gbk"))
    _, found = await import_file(desk.town.inst, path, desk.report())

    assert found.new == 1
    assert (await desk.case())["name"] == "王小明"


async def test_rejected_rows_come_back_as_they_were(desk: Desk) -> None:
    """Rejected rows come back with their cells, formulas disarmed, and the reason in the sender's language."""
    bad = row("A-2", phone="12").replace("Ada Finch", "=HYPERLINK(1)")
    await desk.take(HEADER, row("A-1"), bad, locale="zh_Hant")

    (back,) = desk.table("bad.csv")
    assert (back["case_ref"], back["name"], back["phone"], back["列號"]) == (
        "A-2",
        "'=HYPERLINK(1)",
        "12",
        "3",
    )
    assert back["問題"] == "phone: 這不是個案所在國家或地區的電話號碼"


async def test_a_corrected_file_goes_in_as_it_is(desk: Desk) -> None:
    """The file that came back can be corrected and sent in again: our own columns are no unknown ones."""
    await desk.take(HEADER, row("A-2", phone="12").replace("Ada Finch", "-Ada"))
    returned = desk.folder / "bad.csv"
    text = returned.read_text("utf-8").replace(",12,", ",+442079460101,")
    _, found = await desk.take(*text.splitlines())

    assert (found.new, found.header) == (1, [])
    assert (await desk.case("A-2"))["name"] == "-Ada"


async def test_a_file_taken_back(desk: Desk) -> None:
    """Taken back, new cases are gone with their keys and changed ones are what they were."""
    await desk.take(HEADER, row("A-1"))
    before = await desk.case()
    batch, _ = await desk.take(HEADER, row("A-1", amount="900", phone="+442079460109"), row("A-2"))
    done = await take_back(desk.town.inst, batch)

    assert done is not None
    assert (done.cases, done.obstacles) == (2, {})
    assert await desk.case() == before
    async with desk.town.inst.store.read() as tx:
        (left,) = await cases.all_rows(tx)
        await keys.load(tx, vault := desk.town.inst.vault.blank(), [f"case:{left.id}"])
        assert vault.knows(f"case:{left.id}")
    assert await take_back(desk.town.inst, batch) is None


async def test_not_after_something_was_sent(desk: Desk) -> None:
    """Once a customer was written to, the file that brought them stays."""
    await announced(desk.town)
    (batch,) = await batches_of(desk.town)
    done = await take_back(desk.town.inst, batch)

    assert done is not None
    assert {"sent", "links"} <= set(done.obstacles)
    assert desk.town.said(ADA)


async def batches_of(town: Town) -> list[int]:
    async with town.inst.store.read() as tx:
        return [one.id for one in await batches.recent(tx, 10)]


@pytest.mark.parametrize("what", ["links", "later", "paid"])
async def test_not_after_something_was_built_on_it(desk: Desk, what: str) -> None:
    """A file stays when links were made, a later file changed its cases, or a payment came in."""
    batch, _ = await desk.take(HEADER, row("A-1"))
    if what == "links":
        await customer_links(desk.town.inst)
    elif what == "later":
        await desk.take(HEADER, row("A-1", amount="900"))
    else:
        await desk.take("case_ref,paid_at,amount,reference", "A-1,2027-02-20,40,P-1")
    done = await take_back(desk.town.inst, batch)

    assert done is not None
    assert done.obstacles[what] == 1
    assert (await desk.case())["case_ref"] == "A-1"


async def test_a_file_that_breaks_off_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stops an import half-way, what was taken until then is taken back."""
    monkeypatch.setattr(intake, "CHUNK", 2)

    async def stop(rows: int) -> None:
        if rows > 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await import_file(
            desk.town.inst, desk.file(HEADER, *(row(f"A-{n}") for n in range(6))), desk.report(), stop
        )
    async with desk.town.inst.store.read() as tx:
        assert list(await cases.all_rows(tx)) == []


async def test_payments(desk: Desk) -> None:
    """A file of payments is known by its header; each counts once, unknown cases and amounts of nothing come back."""
    await desk.take(HEADER, row("A-1"))
    lines = [
        "案号,还款日期,金额,流水号",
        "A-1,2027-02-20,40,P-1",
        "A-9,2027-02-20,40,P-2",
        "A-1,2027-02-21,0,P-3",
    ]
    _, found = await desk.take(*lines)
    _, again = await desk.take(*lines)

    assert (found.kind, found.new, found.rejected) == ("payments", 1, 2)
    assert (again.new, again.unchanged, again.rejected) == (0, 1, 2)
    assert [one["what is wrong"] for one in desk.table("bad.csv")] == [
        "案号: there is no case with this case_ref",
        "金额: this payment is of nothing",
    ]
    assert (await desk.case())["outstanding"] == "1200.50"


async def test_payments_without_references(desk: Desk) -> None:
    """Without a reference a payment of the same case, day and amount is the same one."""
    await desk.take(HEADER, row("A-1"))
    lines = ["case_ref,paid on,amount", "A-1,2027-02-20,40", "A-1,2027-02-20,40", "A-1,2027-02-21,40"]
    _, found = await desk.take(*lines)
    _, again = await desk.take(*lines)

    assert (found.new, found.rejected) == (2, 1)
    assert (again.new, again.unchanged) == (0, 2)


async def test_payments_taken_back(desk: Desk) -> None:
    """Taken back, the amounts are outstanding again, and a case that they settled is not settled any more."""
    await desk.take(HEADER, row("A-1"))
    before = await desk.case()
    batch, _ = await desk.take("case_ref,paid_at,amount,reference", "A-1,2027-02-20,1240.50,P-1")
    assert (await desk.case())["stage"] == "settled"
    await take_back(desk.town.inst, batch)

    assert await desk.case() == before


async def test_behind_again(desk: Desk) -> None:
    """A settled case that a later file says is behind again is one to plan for."""
    await desk.take(HEADER, row("A-1"))
    await desk.take("case_ref,paid_at,amount,reference", "A-1,2027-02-20,1240.50,P-1")
    await desk.take(HEADER, row("A-1", amount="55"))

    assert (await desk.case())["stage"] == "imported"


async def test_no_table(desk: Desk) -> None:
    """What is no table is refused, and no batch is left behind."""
    path = desk.folder / "in.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(FileRefused, match=r"in\.pdf is a PDF"):
        await import_file(desk.town.inst, path, desk.report())

    assert await batches_of(desk.town) == []


async def test_who_is_vulnerable_is_on_hold(desk: Desk, town: Town) -> None:
    """As the packs say nobody visits them; once a person has lifted it, the same file does not bring it back."""
    await town.staff()
    rows = f"{HEADER},vulnerable", f"A-1,Ada Finch,{ROW},yes", f"A-2,Ben Moss,{ROW},no"
    await desk.take(*rows)
    (hold,) = (await case_detail(town.inst, "A-1"))["holds"]
    assert (hold["kind"], hold["until"], hold["by"].partition(":")[0]) == ("vulnerable", None, "batch")
    assert (await case_detail(town.inst, "A-2"))["holds"] == []
    await town.plan()
    assert (await case_detail(town.inst, "A-1"))["visits"] == []

    await lift_case(town.inst, "A-1", "vulnerable", "Spoke with her: she would like a visit.")
    await desk.take(*rows)

    assert [one["lifted_by"] for one in (await case_detail(town.inst, "A-1"))["holds"]] == ["cli"]


async def test_a_planned_visit_gives_way_to_what_a_file_tells(desk: Desk, town: Town) -> None:
    """A visit that was announced is cancelled when a later file tells that the customer is vulnerable."""
    await announced(town)

    await desk.take(f"{HEADER},vulnerable", f"A-1,Ada Finch,{ROW},yes")

    assert [one["status"] for one in (await case_detail(town.inst, "A-1"))["visits"]] == ["cancelled"]


async def test_a_chat_that_is_barred_from_now_on(desk: Desk, town: Town) -> None:
    """A case that moves to where the messenger is not permitted: the scheduler has an item, with the rule behind it."""
    await announced(town)
    moved = ROW.replace(",UK,", ",CN,").replace("Europe/London", "Asia/Shanghai")

    await desk.take(HEADER, f"A-1,Ada Finch,{moved}")

    await town.says(901, "/queue")
    assert "chat not permitted" in town.said(901)[-1]
    await town.taps(901, "item")
    await town.taps(901, "why")
    assert "not written to in this messenger" in town.said(901)[-1]
