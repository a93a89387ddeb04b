"""XLSX in, as text cells, row by row. It is a stranger's file: what it unpacks to is checked first.

openpyxl reads the frame (sheets, styles, relations); the rows are read as a stream by `sheet_xml`.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import from_excel
from openpyxl.xml.constants import SHARED_STRINGS

from bot.documents import refusals
from bot.documents.sheet_xml import (
    MOST_COLUMNS,
    MOST_ROWS,
    Merge,
    SheetRows,
    TooBig,
    prove,
    shared_strings,
)
from bot.errors import FileRefused

MAX_MEGABYTES = 512  # of what an XLSX unpacks to
MAX_HELD_MEGABYTES = 128  # of the parts that are kept in memory: shared strings, styles
MERGED = "#MERGED!"
_WANTED = "cases"
_SHEETS = "xl/worksheets/"
_DIGITS_OF_A_FLOAT = ".15g"  # what a spreadsheet shows; more is noise
_BROKEN = (  # what zipfile, openpyxl, expat and defusedxml raise for a file that is not as they expect
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
    ExpatError,
)


@dataclass(frozen=True, slots=True)
class _Look:
    """What a raw value of the sheet means: shared texts, the number format of each style, the day 0 of dates."""

    strings: Sequence[str]
    formats: Sequence[str]
    dates: frozenset[int]
    durations: frozenset[int]
    epoch: datetime

    def show(self, kind: str, raw: str, style: int) -> str:
        """Return the text of a cell; one that makes no sense comes as `#VALUE!`."""
        if kind in ("inlineStr", "str"):
            return raw
        try:
            if kind == "s":
                return self.strings[int(raw)]
            if kind == "n":
                return self._number(raw, style)
        except (ValueError, IndexError, OverflowError, ArithmeticError):
            return "#VALUE!"
        if kind == "b":
            return "yes" if raw.strip() == "1" else "no"
        return raw  # an error of the spreadsheet's own, or an ISO date

    def _number(self, raw: str, style: int) -> str:
        if style in self.dates or style in self.durations:
            return self._moment(float(raw), duration=style in self.durations)
        value = Decimal(format(float(raw), _DIGITS_OF_A_FLOAT)) if re.search(r"[.eE]", raw) else Decimal(raw)
        plain = format(value, "f")
        shown_as = self.formats[style] if style < len(self.formats) else ""
        return plain.zfill(len(shown_as)) if re.fullmatch("0+", shown_as) else plain

    def _moment(self, value: float, *, duration: bool) -> str:
        found = from_excel(value, self.epoch, timedelta=duration)
        if isinstance(found, datetime):
            return (
                found.date().isoformat()
                if found.time() == time()
                else found.isoformat(sep=" ", timespec="seconds")
            )
        return found.isoformat() if isinstance(found, time) else str(found)


def read_workbook(file: BinaryIO, shown: str) -> Iterator[list[str]]:
    """Return the rows of the sheet `cases`, else of the first visible sheet. Raises `FileRefused`."""
    archive = _open(file, shown)
    try:
        part, look = _frame(archive, file)
        with archive.open(part) as sheet:
            merges = prove(sheet)  # a fault in the last row shows before the first one is taken
    except _BROKEN:
        raise FileRefused(refusals.DAMAGED, file=shown) from None
    in_header = next((one for one in merges if one.rows[0] <= 1 <= one.rows[1]), None)
    if in_header is not None:
        raise FileRefused(refusals.MERGED_HEADER, file=shown, cells=in_header.name)
    return _rows(archive, part, look, merges, shown)


def _open(file: BinaryIO, shown: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
    except _BROKEN:
        raise FileRefused(refusals.DAMAGED, file=shown) from None
    held = [entry.file_size for entry in entries if not entry.filename.startswith(_SHEETS)]
    for sizes, limit in (
        ([entry.file_size for entry in entries], MAX_MEGABYTES),
        (held, MAX_HELD_MEGABYTES),
    ):
        if sum(sizes) > limit * 1024 * 1024:
            raise FileRefused(refusals.BOMB, file=shown, limit=str(limit))
    if not any(entry.filename.startswith("xl/workbook") for entry in entries):
        raise FileRefused(refusals.NO_WORKBOOK, file=shown)
    return archive


def _frame(archive: zipfile.ZipFile, file: BinaryIO) -> tuple[str, _Look]:
    """Return the sheet's part of the archive and what its values mean."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        reader = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
    sheets = [(sheet, relation.target) for sheet, relation in reader.parser.find_sheets()]
    visible = [(sheet.name, part) for sheet, part in sheets if sheet.state == "visible"]
    part = next((part for name, part in visible if name.casefold() == _WANTED), visible[0][1])
    book: Any = reader.wb  # what it knows of styles has no other door
    formats = [_format_of(style.numFmtId, book._number_formats) for style in book._cell_styles]  # noqa: SLF001
    look = _Look(
        strings=_strings(reader, archive),
        formats=formats,
        dates=frozenset(book._date_formats),  # noqa: SLF001
        durations=frozenset(book._timedelta_formats),  # noqa: SLF001
        epoch=book.epoch,
    )
    return part, look


def _strings(reader: Any, archive: zipfile.ZipFile) -> Sequence[str]:
    entry = reader.package.find(SHARED_STRINGS)
    if entry is None:
        return []
    with archive.open(entry.PartName[1:]) as part:
        return shared_strings(part)


def _format_of(number: int, own: Sequence[str]) -> str:
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return str(BUILTIN_FORMATS.get(number, ""))
    place = number - BUILTIN_FORMATS_MAX_SIZE
    return str(own[place]) if place < len(own) else ""


def _rows(
    archive: zipfile.ZipFile, part: str, look: _Look, merges: Sequence[Merge], shown: str
) -> Iterator[list[str]]:
    try:
        with archive.open(part) as sheet:
            for number, row in enumerate(SheetRows(look.show).read(sheet), start=1):
                yield _mark(number, row, merges)
    except TooBig as error:
        wide = error.what == "columns"
        text = refusals.WIDE if wide else refusals.LONG
        limit = MOST_COLUMNS if wide else MOST_ROWS
        raise FileRefused(text, file=shown, limit=f"{limit:,}") from None


def _mark(number: int, row: list[str], merges: Sequence[Merge]) -> list[str]:
    """Put a mark in place of the cells of merged ranges: nobody knows which row their value belongs to."""
    for merge in merges:
        if merge.rows[0] <= number <= merge.rows[1]:
            first, last = merge.columns[0] - 1, min(merge.columns[1], len(row))
            row[first:last] = [MERGED] * max(0, last - first)
    return row
