"""CSV out, such that a spreadsheet shows Chinese and runs nothing."""

import csv
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path

from bot.errors import InputRefused

_RISKY = re.compile(r"[=+\-@\t\r\n＝＋－＠]|\s*[=+\-@]")
_PLAIN_NUMBER = re.compile(r"[+-]\d[\d ]*(?:\.\d+)?")


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write UTF-8 with a byte order mark, readable by the owner alone; the file appears whole or not at all.

    A cell that a spreadsheet might run (one that begins with = + - @, tab or line break) gets an apostrophe
    in front. A plain signed number, such as the telephone number +442079460123, stays as it is: it is no
    formula that could do anything, and an SMS gateway needs it unchanged. Raises `InputRefused`.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
            table = chain([header], rows)
            csv.writer(file).writerows([neutralise(cell) for cell in row] for row in table)
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise InputRefused(f"{path} cannot be written ({error.strerror}): choose another folder.") from None


def neutralise(cell: str) -> str:
    """Return the cell such that no spreadsheet takes it for a formula."""
    return f"'{cell}" if _RISKY.match(cell) and not _PLAIN_NUMBER.fullmatch(cell) else cell
