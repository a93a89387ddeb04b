"""A scheduler sends files: what they come to, the question, taking, undoing; in three languages."""

import base64
import csv
from io import StringIO

import pytest
from sqlalchemy import func, select

from bot.store import batches, cases
from bot.store.tables import files
from tests.service.conftest import HEADER, Town
from tests.service.test_bad_input import announced, last
from tests.service.test_files_in import row

DESK = 901


async def send(town: Town, name: str, data: bytes) -> None:
    """Send a document from the scheduler's phone."""
    reference = f"file-{len(town.world.files)}"
    file = {"file_id": reference, "file_unique_id": reference, "file_name": name, "file_size": len(data)}
    await town.does(DESK, "share", content={"document": file}, data=base64.b64encode(data).decode())


def lines(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def documents(town: Town) -> dict[str, list[dict[str, str]]]:
    """Return the tables that came back, by name."""
    found = [one.content for one in town.chat(DESK).messages if one.by_bot and "document" in one.content]
    return {
        one["document"]["file_name"]: list(csv.DictReader(StringIO(one["data"].decode("utf-8-sig"))))
        for one in found
    }


async def refs(town: Town) -> list[str]:
    async with town.inst.store.read() as tx:
        return [one.case_ref for one in await cases.all_rows(tx)]


async def files_kept(town: Town) -> int:
    async with town.inst.store.read() as tx:
        return int((await tx.execute(select(func.count()).select_from(files))).scalar_one())


@pytest.fixture
async def desk(town: Town) -> Town:
    await town.staff()
    return town


WORDS = {
    "en": ("New: 2", "Rejected: 1", "Take", "Taken in. New: 2", "Undone.", "what is wrong"),
    "zh_Hans": ("新增：2", "退回：1", "导入", "已导入。新增 2", "已撤销", "问题"),
    "zh_Hant": ("新增：2", "退回：1", "匯入", "已匯入。新增 2", "已復原", "問題"),
}


@pytest.mark.parametrize("locale", WORDS)
async def test_in_and_out_again(desk: Town, locale: str) -> None:
    """A file is summed up and asked about, its bad row comes back with the reason; taken, it can be undone."""
    new, rejected, take, taken, undone, wrong = WORDS[locale]
    await desk.says(DESK, "/language")
    await desk.taps(DESK, locale.lower())
    await send(desk, "march.csv", lines(row("A-1"), row("A-2"), row("A-3", phone="12")))

    asked = last(desk, DESK)
    assert "march.csv" in asked.shown
    assert {new, rejected} <= set(asked.shown.splitlines())
    assert asked.buttons()[0]["text"] == take
    assert documents(desk)["march.rejected.csv"][0][wrong].startswith("phone: ")
    assert await refs(desk) == []

    await desk.taps(DESK, "accept")
    assert taken in last(desk, DESK).shown
    assert await refs(desk) == ["A-1", "A-2"]
    assert await files_kept(desk) == 0

    await desk.taps(DESK, "undo")
    assert undone in last(desk, DESK).shown
    assert await refs(desk) == []


async def test_not_taken(desk: Town) -> None:
    """Declined, nothing of the file is left; a second tap changes nothing."""
    await send(desk, "march.csv", lines(row("A-1")))
    message, data = desk.button(DESK, "accept")
    await desk.taps(DESK, "decline")
    await desk.does(DESK, "tap", message_id=message.message_id, data=data)

    assert "no longer open" in desk.chat(DESK).notices[-1]
    assert (await refs(desk), await files_kept(desk)) == ([], 0)


async def test_what_changes(desk: Town) -> None:
    """For known cases the summary counts what changes by column, and a file has it cell by cell."""
    await send(desk, "march.csv", lines(row("A-1"), row("A-2")))
    await desk.taps(DESK, "accept")
    await send(desk, "april.csv", lines(row("A-1", amount="900"), row("A-2")))

    assert "Changed: 1\nUnchanged: 1" in last(desk, DESK).shown
    assert "What changes: outstanding 1" in last(desk, DESK).shown
    assert documents(desk)["april.changes.csv"] == [
        {"case_ref": "A-1", "column": "outstanding", "before": "1240.50", "after": "900.00"}
    ]


async def test_unknown_columns_are_named(desk: Town) -> None:
    """A column that is not known is named in the summary."""
    await send(desk, "march.csv", f"{HEADER},shoe size\n{row('A-1')},43".encode())

    assert "did not read: shoe size" in last(desk, DESK).shown


async def test_a_header_that_cannot_be_used(desk: Town) -> None:
    """A header without a required column is answered with what to add, and nothing can be taken."""
    await send(desk, "march.csv", b"case_ref,name,phone\nA-1,Ada,1")

    assert "add id_last4, jurisdiction" in last(desk, DESK).shown
    assert not last(desk, DESK).buttons()


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"%PDF-1.7", "cases.csv is a PDF"), (b"", "is empty"), (b"PK\x03\x04..", "is damaged")],
)
async def test_no_table(desk: Town, data: bytes, says: str) -> None:
    """What is no table is answered with what it is and what to send instead."""
    await send(desk, "cases.csv", data or b"\n")

    assert says in last(desk, DESK).shown


async def test_too_large(desk: Town) -> None:
    """A file that Telegram would not give us is refused at once."""
    file = {"file_id": "f", "file_unique_id": "f", "file_name": "big.xlsx", "file_size": 21 * 1024 * 1024}
    await desk.does(DESK, "share", content={"document": file})

    assert "larger than 20 MB" in last(desk, DESK).shown


async def test_the_last_files(desk: Town) -> None:
    """/import says how it goes, lists the last files and undoes one."""
    await send(desk, "march.csv", lines(row("A-1")))
    await desk.taps(DESK, "accept")
    await desk.says(DESK, "/import")
    said = last(desk, DESK).shown
    await desk.taps(DESK, "undo")

    assert "case_ref, paid_at, amount, reference" in said
    assert "1. Monday, 1 March, 09:30, cases, taken. New: 1" in said
    assert await refs(desk) == []


async def test_not_undone(town: Town) -> None:
    """After customers were written to, the file stays, and the chat says why."""
    await announced(town)
    await town.says(DESK, "/import")
    await town.taps(DESK, "undo")

    assert "customers have been written to since: 1" in last(town, DESK).shown
    assert await refs(town) == ["A-1"]


async def test_payments(desk: Town) -> None:
    """A file of payments is taken the same way, and its amounts come off what is outstanding."""
    await send(desk, "march.csv", lines(row("A-1")))
    await desk.taps(DESK, "accept")
    await send(desk, "paid.csv", "案号;还款日期;金额;流水号\nA-1;2027-02-20;40;P-1".encode("gbk"))
    assert "payments. Rows: 1\nNew: 1" in last(desk, DESK).shown
    await desk.taps(DESK, "accept")

    async with desk.inst.store.read() as tx:
        (found,) = await cases.all_rows(tx)
    assert found.outstanding == 120050


async def test_an_answer_that_never_comes(desk: Town) -> None:
    """A file that nobody decides on is forgotten after two days."""
    await send(desk, "march.csv", lines(row("A-1")))
    assert await files_kept(desk) == 1
    await desk.jump(days=3)

    async with desk.inst.store.read() as tx:
        assert list(await batches.recent(tx, 10)) == []
    assert await files_kept(desk) == 0


async def test_others_cannot_send_files(town: Town) -> None:
    """A file from anybody else is no import."""
    await announced(town)
    file = {"file_id": "f", "file_unique_id": "f", "file_name": "cases.csv", "file_size": 9}
    await town.does(902, "share", content={"document": file})

    assert "reading your file" not in last(town, 902).shown
