"""Tables in: CSV in whatever encoding and separator a spreadsheet wrote, and XLSX, as rows of text cells."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from bot.documents.encodings import decode
from bot.documents.safe_csv import write_csv
from bot.documents.workbook import MAX_MEGABYTES, read_workbook
from bot.errors import InputRefused

__all__ = ["read_table", "write_csv"]

_SEPARATORS = ",;\t|"
_FOREIGN = {
    b"\xd0\xcf\x11\xe0": "an old or password-protected Office file: save it as .xlsx without a password",
    b"%PDF": "a PDF: send the table that it was made from, as .xlsx or CSV",
    b"\x89PNG": "a picture: send the table as .xlsx or CSV",
    b"\xff\xd8\xff": "a picture: send the table as .xlsx or CSV",
    b"Rar!": "a packed file: unpack it first",
    b"7z\xbc\xaf": "a packed file: unpack it first",
    b"\x1f\x8b": "a packed file: unpack it first",
    b"{\\rtf": "a text document: save the table as .xlsx or CSV",
}


def read_table(source: Path | bytes, name: str | None = None) -> Iterator[list[str]]:
    """Return the rows of a CSV or XLSX file as text cells, the header first; empty rows are kept.

    The whole file is proven to be readable before the first row comes out. What the file is, is told by its
    content; `name` is only for messages. Of a workbook the sheet `cases` is read, else the first visible one.
    Dates come as ISO, numbers without float noise. Cells that cannot stand for one value come as `#MERGED!`
    or `#FORMULA!` (no stored result). Raises `InputRefused` with what to do.
    """
    shown = name or (source.name if isinstance(source, Path) else "the file")
    data = _content(source, shown)
    if not data.strip():
        raise InputRefused(f"{shown} is empty: send a table with a header row.")
    foreign = next((what for mark, what in _FOREIGN.items() if data.startswith(mark)), None)
    if foreign is not None:
        raise InputRefused(f"{shown} is {foreign}.")
    if data.startswith(b"PK"):
        return read_workbook(data, shown)
    return _read_csv(decode(data, shown).removeprefix("\ufeff"), shown)


def _content(source: Path | bytes, shown: str) -> bytes:
    if not isinstance(source, Path):
        return source
    try:
        if source.stat().st_size > MAX_MEGABYTES * 1024 * 1024:
            raise InputRefused(f"{shown} is larger than {MAX_MEGABYTES} MB: split it into several files.")
        return source.read_bytes()
    except OSError as error:
        raise InputRefused(f"{shown} cannot be read ({error.strerror}): check the path.") from None


def _read_csv(text: str, shown: str) -> Iterator[list[str]]:
    if "\x00" in text:
        raise InputRefused(f"{shown} is not a table: send it as .xlsx or CSV.")
    separator, text = _separator(text)
    table = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for _ in table:
            pass  # a quote that is never closed would swallow the rest of the file
    except csv.Error:
        raise InputRefused(
            f"{shown}: the quotes do not match near line {table.line_num}. Close each quoted cell and double "
            f"the quotes inside of it, or save the table as .xlsx."
        ) from None
    return csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)


def _separator(text: str) -> tuple[str, str]:
    """Return the mark between cells, and the text without Excel's `sep=` line."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == len("sep=;"):
        return first[4], rest
    outside = first.split('"')[::2]
    return max(_SEPARATORS, key=lambda mark: sum(part.count(mark) for part in outside)), text
