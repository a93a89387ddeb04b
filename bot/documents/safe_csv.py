"""CSV out, such that a spreadsheet shows Chinese and runs nothing."""

import csv
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from bot.errors import InputRefused

MARK = "\ufeff"  # by which Excel knows UTF-8
_RISKY = re.compile(r"[=+\-@\t\r\n＝＋－＠]|\s*[=+\-@]")
_PLAIN_NUMBER = re.compile(r"[+-]\d[\d ]*(?:\.\d+)?")


class SafeCsv:
    """Writes rows of text into an open file. A cell that a spreadsheet might run gets an apostrophe in front.

    Those are cells that begin with = + - @, tab or line break. A plain signed number, such as the telephone
    number +442079460123, stays as it is: it is no formula that could do anything, and an SMS gateway needs it
    unchanged.
    """

    def __init__(self, file: TextIO) -> None:
        file.write(MARK)
        self._writer = csv.writer(file)

    def row(self, cells: Sequence[str]) -> None:
        """Write one row."""
        self._writer.writerow([neutralise(cell) for cell in cells])


@contextmanager
def csv_file(path: Path) -> Iterator[SafeCsv]:
    """Write a file, row by row, readable by the owner alone; it appears whole or not at all. Raises `InputRefused`."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield SafeCsv(file)
        partial.replace(path)
    except OSError as error:
        raise InputRefused(f"{path} cannot be written ({error.strerror}): choose another folder.") from None
    finally:
        with suppress(OSError):
            partial.unlink()


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a whole table, as `csv_file` does."""
    with csv_file(path) as table:
        table.row(header)
        for row in rows:
            table.row(row)


def neutralise(cell: str) -> str:
    """Return the cell such that no spreadsheet takes it for a formula."""
    return f"'{cell}" if _RISKY.match(cell) and not _PLAIN_NUMBER.fullmatch(cell) else cell
