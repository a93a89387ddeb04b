"""Workbooks out, such that they show every script and run nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell as PageCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.documents.safe_csv import neutralise

_FORBIDDEN = str.maketrans("", "", "[]:*?/\\")  # in the name of a sheet
_LONGEST_NAME = 31
_WIDEST = 60  # characters of a column


class Percent(float):
    """A share from 0 to 1 that is to be shown as per cent."""


Cell = str | int | Decimal | Percent | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name and a header."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return an XLSX file. Words are never formulas; numbers are numbers, so that they can be worked with."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        rows = [list(row) for row in sheet.rows]
        page = book.create_sheet(sheet.name.translate(_FORBIDDEN)[:_LONGEST_NAME])
        page.freeze_panes = "A2"
        for place, cells in enumerate(zip(sheet.header, *rows, strict=True), 1):
            width = max(_width(cell) for cell in cells)
            page.column_dimensions[get_column_letter(place)].width = min(_WIDEST, width + 2)
        page.append([_cell(page, name, bold=True) for name in sheet.header])
        for row in rows:
            page.append([_cell(page, cell) for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _width(cell: Cell) -> int:
    """Return how wide a cell is; Chinese takes two places a character."""
    if isinstance(cell, Percent):
        return 7
    return sum(2 if ord(mark) > 0x2E80 else 1 for mark in str(cell or ""))  # noqa: PLR2004 - CJK begins here


def _cell(page: object, value: Cell, *, bold: bool = False) -> PageCell:
    cell: PageCell = WriteOnlyCell(page, value=neutralise(value) if isinstance(value, str) else value)  # type: ignore[arg-type]
    if isinstance(value, Percent):
        cell.number_format = "0.0%"
    if bold:
        cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str) and len(value) > _WIDEST)
    return cell
