"""Tables in: CSV in whatever encoding and separator a spreadsheet wrote, and XLSX, as rows of text cells.

Nothing is read whole: memory does not grow with the file, but for the texts that a workbook keeps in one place.
"""

import csv
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from bot.documents import refusals
from bot.documents.encodings import encoding_of
from bot.documents.safe_csv import write_csv
from bot.errors import FileRefused

__all__ = ["read_table", "write_csv"]

MAX_MEGABYTES = 512  # of a file
MAX_LINE = 256 * 1024  # characters; a row of a table is a hundredth of that
_SEPARATORS = ",;\t|"
_HEAD = 8  # bytes that tell what a file is
_FOREIGN = {
    b"\xd0\xcf\x11\xe0": refusals.OLD_OFFICE,
    b"%PDF": refusals.PDF,
    b"\x89PNG": refusals.PICTURE,
    b"\xff\xd8\xff": refusals.PICTURE,
    b"Rar!": refusals.PACKED,
    b"7z\xbc\xaf": refusals.PACKED,
    b"\x1f\x8b": refusals.PACKED,
    b"{\\rtf": refusals.DOCUMENT,
}


def read_table(source: Path | bytes, name: str | None = None) -> Iterator[list[str]]:
    """Return the rows of a CSV or XLSX file as text cells, the header first; empty rows are kept.

    The whole file is proven to be readable before the first row comes out. What the file is, is told by its
    content; `name` is only for messages. Of a workbook the sheet `cases` is read, else the first visible one.
    Dates come as ISO, numbers without float noise. Cells that cannot stand for one value come as `#MERGED!`
    or `#FORMULA!` (no stored result). Raises `FileRefused` with what to do.
    """
    shown = name or (source.name if isinstance(source, Path) else "the file")
    file = _open(source, shown)
    try:
        rows = _proven(file, shown)
    except BaseException:
        file.close()
        raise
    return _closing(file, rows)


def _proven(file: BinaryIO, shown: str) -> Iterator[list[str]]:
    head = file.read(_HEAD)
    foreign = next((text for mark, text in _FOREIGN.items() if head.startswith(mark)), None)
    if foreign is not None:
        raise FileRefused(foreign, file=shown)
    return _read_workbook(file, shown) if head.startswith(b"PK") else _read_csv(file, shown)


def _read_workbook(file: BinaryIO, shown: str) -> Iterator[list[str]]:
    from bot.documents.workbook import read_workbook  # noqa: PLC0415 - openpyxl is slow to load, and most send CSV

    return read_workbook(file, shown)


def _closing(file: BinaryIO, rows: Iterator[list[str]]) -> Iterator[list[str]]:
    with file:
        yield from rows


def _open(source: Path | bytes, shown: str) -> BinaryIO:
    if not isinstance(source, Path):
        return BytesIO(source)
    try:
        if source.stat().st_size > MAX_MEGABYTES * 1024 * 1024:
            raise FileRefused(refusals.TOO_LARGE, file=shown, limit=str(MAX_MEGABYTES))
        return source.open("rb")
    except OSError as error:
        raise FileRefused(refusals.UNREADABLE, file=shown, why=error.strerror or "") from None


def _read_csv(file: BinaryIO, shown: str) -> Iterator[list[str]]:
    encoding = encoding_of(file, shown)
    first = next((line for line in _lines(file, encoding, shown) if line.strip()), "")
    separator, named = _separator(first)

    def table() -> Iterator[list[str]]:
        lines = _lines(file, encoding, shown)
        if named:
            next(lines)
        return _rows(lines, separator, shown)

    filled = False
    for row in table():  # a quote that is never closed would swallow the rest of the file
        filled = filled or any(cell.strip() for cell in row)
    if not filled:
        raise FileRefused(refusals.EMPTY, file=shown)
    return table()


def _lines(file: BinaryIO, encoding: str, shown: str) -> Iterator[str]:
    """Yield the lines with their ends, and never more of one than a row can have."""
    file.seek(0)
    text = TextIOWrapper(file, encoding, newline="")
    number = 0
    try:
        while line := text.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE and line[-1] not in "\r\n":
                raise FileRefused(refusals.LONG_LINE, file=shown, line=str(number), limit=str(MAX_LINE))
            if "\x00" in line:
                raise FileRefused(refusals.NO_TABLE, file=shown)
            yield line.removeprefix("\ufeff") if number == 1 else line
    finally:
        text.detach()  # the file stays open for the next time round


def _rows(lines: Iterator[str], separator: str, shown: str) -> Iterator[list[str]]:
    table = csv.reader(lines, delimiter=separator, strict=True)
    try:
        yield from table
    except csv.Error:
        raise FileRefused(refusals.QUOTES, file=shown, line=str(table.line_num)) from None


def _separator(first: str) -> tuple[str, bool]:
    """Return the mark between cells, and whether the line is Excel's `sep=`, which only names it."""
    if first.lower().startswith("sep=") and len(first.rstrip("\r\n")) == len("sep=;"):
        return first[4], True
    outside = first.split('"')[::2]
    return max(_SEPARATORS, key=lambda mark: sum(part.count(mark) for part in outside)), False
