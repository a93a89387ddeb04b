"""The parts of an XLSX file as streams of XML events: shared strings, merged ranges, the rows of a sheet.

openpyxl makes an object of every cell, which costs forty times as much as the parsing; here a row of text is made
and forgotten. It is a stranger's XML: a document type, which could declare entities, is refused.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any
from xml.parsers import expat

from openpyxl.utils.cell import column_index_from_string, range_boundaries

_PIECE = 256 * 1024  # bytes
_DIGITS = "0123456789"
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z0-9:$]+)[\"']")
_MOST_MERGES = 10_000  # more are no case file; each is looked at for each row
MOST_COLUMNS = 1_000
MOST_ROWS = 1_048_576  # of a spreadsheet program
FORMULA = "#FORMULA!"

Show = Callable[[str, str, int], str]  # the cell's type, its raw value and its style, as text


class TooBig(ValueError):  # noqa: N818
    """A sheet with more rows or columns than a table has; `what` says which."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, by its first and last row and column (from 1), all included; `name` as in `A1:C2`."""

    name: str
    columns: tuple[int, int]
    rows: tuple[int, int]


def _parser() -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise ValueError("a document type is declared")


def prove(part: IO[bytes]) -> list[Merge]:
    """Read a sheet to its end, so that any fault shows before a row is taken; return its merged ranges.

    Raises ValueError or an error of the archive or the parser for a damaged sheet.
    """
    parser, found, tail = _parser(), [], b""
    while piece := part.read(_PIECE):
        parser.Parse(piece)
        tail = tail[-200:] + piece  # a tag may lie across the border of two pieces
        found += _MERGE.findall(tail)
    parser.Parse(b"", True)
    if len(found) > _MOST_MERGES:
        raise ValueError("too many merged cells")
    return [_merge(name) for name in dict.fromkeys(one.decode() for one in found)]


def _merge(name: str) -> Merge:
    first_column, first_row, last_column, last_row = range_boundaries(name)
    if first_column is None or first_row is None or last_column is None or last_row is None:
        raise ValueError("a merged range without bounds")
    return Merge(name, (first_column, last_column), (first_row, last_row))


def shared_strings(part: IO[bytes]) -> list[str]:
    """Return the texts that cells refer to by number; readings of Chinese characters are left out."""
    found: list[str] = []
    text: list[str] = []
    depth = 0  # inside of phonetic runs
    reading = False

    def start(name: str, _: Mapping[str, str]) -> None:
        nonlocal depth, reading
        local = name[name.find(":") + 1 :]
        depth += local == "rPh"
        reading = local == "t" and not depth

    def end(name: str) -> None:
        nonlocal depth, reading
        local = name[name.find(":") + 1 :]
        reading = False
        depth -= local == "rPh"
        if local == "si":
            found.append("".join(text))
            text.clear()

    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda data: text.append(data) if reading else None
    while piece := part.read(_PIECE):
        parser.Parse(piece)
    parser.Parse(b"", True)
    return found


class SheetRows:
    """Turns the XML of a sheet into rows of text cells; `show` makes a text of a raw value."""

    def __init__(self, show: Show) -> None:
        self._show = show
        self._ready: list[list[str]] = []
        self._row: list[str] = []
        self._number = 0
        self._at: dict[str, int] = {}
        self._attributes: Mapping[str, str] = {}
        self._formula = False
        self._phonetic = False
        self._reading = False
        self._text: list[str] = []

    def read(self, part: IO[bytes]) -> Iterator[list[str]]:
        """Yield the rows; those that the file leaves out come as empty ones. Raises `TooBig`."""
        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._data
        while piece := part.read(_PIECE):
            parser.Parse(piece)
            yield from self._ready
            self._ready.clear()

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name[name.find(":") + 1 :]
        if local == "c":
            self._attributes = attributes
            self._formula = False
            self._text.clear()
        elif local in ("v", "t"):
            self._reading = not self._phonetic
        elif local == "f":
            self._formula = True
        elif local == "rPh":
            self._phonetic = True
        elif local == "row":
            self._begin(int(attributes.get("r", self._number + 1)))

    def _data(self, data: str) -> None:
        if self._reading:
            self._text.append(data)

    def _end(self, name: str) -> None:
        local = name[name.find(":") + 1 :]
        self._reading = False
        if local == "c":
            self._place()
        elif local == "rPh":
            self._phonetic = False
        elif local == "row":
            self._ready.append(self._row)
            self._row = []

    def _begin(self, number: int) -> None:
        if number > MOST_ROWS:
            raise TooBig("rows")
        self._ready += ([] for _ in range(self._number + 1, number))
        self._number = number

    def _place(self) -> None:
        place = self._attributes.get("r")
        column = self._column(place) if place else len(self._row) + 1
        if column > MOST_COLUMNS:
            raise TooBig("columns")
        self._row += [""] * (column - 1 - len(self._row))
        raw = "".join(self._text)
        if self._formula and not raw:
            self._row.append(FORMULA)
        elif raw:
            kind, style = self._attributes.get("t", "n"), int(self._attributes.get("s", 0))
            self._row.append(self._show(kind, raw, style))
        else:
            self._row.append("")

    def _column(self, place: str) -> int:
        letters = place.rstrip(_DIGITS)
        if letters not in self._at:
            self._at[letters] = column_index_from_string(letters)
        return self._at[letters]
