"""XLSX in, as text cells. It is a stranger's file: its size is checked first, entities are refused."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl.reader.excel import ExcelReader

from bot.documents.sheet_survey import Survey, survey
from bot.errors import InputRefused

MAX_MEGABYTES = 128  # of what an XLSX unpacks to, and of any table file
_WANTED = "cases"
_DIGITS_OF_A_FLOAT = ".15g"  # what a spreadsheet shows; more is noise
_BROKEN = (  # what zipfile, openpyxl and defusedxml raise for a file that is not as they expect
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
)


def read_workbook(data: bytes, shown: str) -> Iterator[list[str]]:
    """Return the rows of the sheet `cases`, else of the first visible sheet. Raises `InputRefused`."""
    _check_archive(data, shown)
    try:
        reader, sheet, part = _open(data)
        found = survey(reader.archive, part)
        for _ in _quietly(sheet.iter_rows()):
            pass  # a fault in the last row shows before the first one is taken
    except _BROKEN:
        raise InputRefused(
            f"{shown} is damaged or not a workbook: open it and save it again as .xlsx."
        ) from None
    _check_header(found, shown)
    return _rows(sheet, found)


def _check_archive(data: bytes, shown: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except _BROKEN:
        raise InputRefused(f"{shown} is damaged: open it and save it again as .xlsx.") from None
    if sum(entry.file_size for entry in entries) > MAX_MEGABYTES * 1024 * 1024:
        raise InputRefused(f"{shown} unpacks to more than {MAX_MEGABYTES} MB: split it into several files.")
    if not any(entry.filename.startswith("xl/workbook") for entry in entries):
        raise InputRefused(f"{shown} is not an Excel workbook: save the table as .xlsx or CSV.")


def _open(data: bytes) -> tuple[ExcelReader, Any, str]:
    """Return the reader, the sheet to read, and the sheet's part of the archive."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        reader = ExcelReader(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        reader.read()
        parts = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
    sheets = [one for one in reader.wb.worksheets if one.sheet_state == "visible"]
    wanted = next((one for one in sheets if one.title.casefold() == _WANTED), sheets[0])
    wanted.reset_dimensions()
    return reader, wanted, parts[wanted.title]


def _check_header(found: Survey, shown: str) -> None:
    merged = found.merged_at(1)
    if merged:
        raise InputRefused(
            f"{shown}: the header row has merged cells ({merged[0].name}). Unmerge them; "
            f"each column needs its own name."
        )


def _rows(sheet: Any, found: Survey) -> Iterator[list[str]]:
    for number, row in enumerate(_quietly(sheet.iter_rows()), start=1):
        yield found.mark(number, [_text(cell) for cell in row])


def _quietly(rows: Iterator[Any]) -> Iterator[Any]:
    """Yield the rows without the warnings of styles and extensions that nobody reads here."""
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            row = next(rows, None)
        if row is None:
            return
        yield row


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == time()
            else value.isoformat(sep=" ", timespec="seconds")
        )
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _number(value: float, shown_as: str) -> str:
    plain = format(Decimal(format(value, _DIGITS_OF_A_FLOAT) if isinstance(value, float) else value), "f")
    return plain.zfill(len(shown_as)) if re.fullmatch("0+", shown_as) else plain
