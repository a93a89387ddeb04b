import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.tables import read_table
from bot.errors import InputRefused

Make = Callable[[Callable[[Worksheet], None]], bytes]
SHEET = "xl/worksheets/sheet1.xml"
LISTED = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sharedStrings+xml"/>'
)


def test_values(workbook: Make) -> None:
    """Dates come as ISO, numbers without float noise, yes and no as words, empty cells as nothing."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["a"] * 8)
        row = [date(2026, 11, 24), datetime(2026, 11, 24, 9, 30), 0.1 + 0.2, 1200.0, 7, True, None, "王小明"]  # noqa: DTZ001
        sheet.append(row)

    assert list(read_table(workbook(fill)))[1] == [
        *("2026-11-24", "2026-11-24 09:30:00", "0.3", "1200", "7", "yes", "", "王小明"),
    ]


def test_zeros_by_format(workbook: Make) -> None:
    """Zeros that only the cell's format shows are kept: they belong to an id."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["id_last4", "big"])
        sheet.append([48, 85291234567])
        sheet["A2"].number_format = "0000"

    assert list(read_table(workbook(fill)))[1] == ["0048", "85291234567"]


def test_merged_header(workbook: Make) -> None:
    """A merged header is refused with the place, since no column can be told from it."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["case_ref", "name", "phone"])
        sheet.merge_cells("B1:C1")

    with pytest.raises(InputRefused, match="header row has merged cells \\(B1:C1\\)"):
        read_table(workbook(fill))


def test_merged_cells(workbook: Make) -> None:
    """Every cell of a merged range is marked, also the one that holds the value; the others are read."""

    def fill(sheet: Worksheet) -> None:
        for row in (["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]):
            sheet.append(row)
        sheet.merge_cells("B2:B3")

    assert list(read_table(workbook(fill)))[1:] == [
        ["1", "#MERGED!", "3"],
        ["4", "#MERGED!", "6"],
        ["7", "8", "9"],
    ]


def test_formula_without_result(workbook: Make) -> None:
    """A formula that no spreadsheet program has worked out is marked rather than read as empty."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["a", "b"])
        sheet.append(["x", "=1+1"])

    assert list(read_table(workbook(fill)))[1] == ["x", "#FORMULA!"]


def test_formula_with_result(workbook: Make, with_part: Callable[[bytes, str, bytes], bytes]) -> None:
    """A formula's stored result is what is read."""
    data = workbook(lambda sheet: sheet.append(["=1+1"]))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read(SHEET)
    worked_out = (
        xml.replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>")
    )
    assert worked_out != xml
    assert list(read_table(with_part(data, SHEET, worked_out))) == [["2"]]


def test_sheet_cases() -> None:
    """The sheet named cases is read wherever it stands; a hidden sheet never is."""
    book = Workbook()
    book.worksheets[0].append(["hidden"])
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("Notes").append(["notes"])
    first = BytesIO()
    book.save(first)
    book.create_sheet("Cases").append(["case_ref"])
    both = BytesIO()
    book.save(both)
    assert list(read_table(first.getvalue())) == [["notes"]]
    assert list(read_table(both.getvalue())) == [["case_ref"]]


def test_gaps(workbook: Make) -> None:
    """Rows that a workbook leaves out come as empty rows, so that row numbers are right."""

    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "a"
        sheet["A4"] = "x"

    rows = list(read_table(workbook(fill)))
    assert [number for number, row in enumerate(rows, 1) if any(row)] == [1, 4]


@pytest.mark.parametrize(("part", "megabytes"), [(SHEET, 600), ("xl/sharedStrings.xml", 150)])
def test_zip_bomb(part: str, megabytes: int, tmp_path: Path) -> None:
    """A small file that unpacks to a huge one is refused by what its directory says, before anything is unpacked."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(part, "w", force_zip64=True) as zeros:
            for _ in range(megabytes):
                zeros.write(bytes(1024 * 1024))
    assert path.stat().st_size < 1024 * 1024
    with pytest.raises(InputRefused, match="unpacks to more than"):
        read_table(path)


def test_a_directory_that_lies(workbook: Make) -> None:
    """A part that is longer than the directory says is a damaged file, and no more of it is unpacked than was said."""
    data = workbook(lambda sheet: sheet.append(["x" * 30_000] * 10))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        size = archive.getinfo(SHEET).file_size
    lying = data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != data
    with pytest.raises(InputRefused, match="is damaged"):
        read_table(lying)


@pytest.mark.parametrize(("place", "what"), [("ZZZ1", "1,000 columns"), ("A1048577", "1,048,576 rows")])
def test_a_cell_far_out(
    place: str, what: str, workbook: Make, with_part: Callable[[bytes, str, bytes], bytes]
) -> None:
    """One cell far to the right or below makes no row of millions of cells and no millions of rows."""
    number = place.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="{number}"><c r="{place}"><v>1</v></c></row></sheetData></worksheet>'
    )
    data = with_part(workbook(lambda sheet: sheet.append(["a"])), SHEET, xml.encode())
    with pytest.raises(InputRefused, match=f"more than {what}"):
        list(read_table(data))


def test_shared_texts(workbook: Make, with_part: Callable[[bytes, str, bytes], bytes]) -> None:
    """Texts that cells share are read without the readings of their characters; a number that none has is no value."""
    xml = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        b'<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>99</v></c></row></sheetData></worksheet>'
    )
    texts = (
        "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><r><t>王</t></r><r><t>小明</t></r>"
        "<rPh sb='0' eb='1'><t>wang</t></rPh></si></sst>"
    )
    data = with_part(workbook(lambda sheet: sheet.append(["a"])), SHEET, xml)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml").replace(b"</Types>", f"{LISTED}</Types>".encode())
    out = BytesIO(with_part(data, "[Content_Types].xml", types))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", texts)
    assert list(read_table(out.getvalue())) == [["王小明", "#VALUE!"]]


def test_entities(workbook: Make, with_part: Callable[[bytes, str, bytes], bytes]) -> None:
    """A part that declares entities is refused, not expanded."""
    xml = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        b'<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    data = with_part(workbook(lambda sheet: sheet.append(["a"])), SHEET, xml)
    with pytest.raises(InputRefused, match="is damaged"):
        read_table(data)


def test_broken_last_row(workbook: Make, with_part: Callable[[bytes, str, bytes], bytes]) -> None:
    """A file that breaks off in its last row is refused before the first one comes out."""
    data = workbook(lambda sheet: sheet.append(["a"]))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read(SHEET)
    with pytest.raises(InputRefused, match="is damaged"):
        read_table(with_part(data, SHEET, xml[: xml.index(b"</sheetData>")]))


@given(flips=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged(flips: list[tuple[int, int]], workbook: Make) -> None:
    """Whatever a transfer did to a workbook, it is read or refused with a sentence."""
    data = bytearray(workbook(lambda sheet: sheet.append(["a", 1, "=1+1"])))
    for at, value in flips:
        data[at % len(data)] = value
    with suppress(InputRefused):
        assert all(isinstance(cell, str) for row in read_table(bytes(data)) for cell in row)


def test_another_zip() -> None:
    """A zip that is no workbook is refused as such."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(InputRefused, match="not an Excel workbook"):
        read_table(packed.getvalue(), "letter.docx")


def test_path(tmp_path: Path) -> None:
    """A path is read by its content, whatever its ending, and named in messages."""
    path = tmp_path / "cases.xlsx"
    path.write_bytes(b"a,b\n1,2\n")
    assert list(read_table(path)) == [["a", "b"], ["1", "2"]]
    with pytest.raises(InputRefused, match=r"none\.csv cannot be read"):
        read_table(tmp_path / "none.csv")
