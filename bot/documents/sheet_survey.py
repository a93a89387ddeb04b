"""What reading a sheet by rows does not tell: which cells are merged, which formulas have no result."""

import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

MERGED = "#MERGED!"
FORMULA = "#FORMULA!"
_MOST_MERGES = 10_000  # more are no case file; each is looked at for each row


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, by its first and last row and column (from 1), all included; `name` as in `A1:C2`."""

    name: str
    columns: tuple[int, int]
    rows: tuple[int, int]


@dataclass(slots=True)
class Survey:
    """The merged ranges of a sheet, and the columns of unresolved formulas by row."""

    merges: list[Merge] = field(default_factory=list)
    formulas: dict[int, set[int]] = field(default_factory=dict)

    def merged_at(self, row: int) -> list[Merge]:
        """Return the merged ranges that touch a row."""
        return [one for one in self.merges if one.rows[0] <= row <= one.rows[1]]

    def mark(self, row: int, cells: list[str]) -> list[str]:
        """Return the cells of a row with marks in place of those that cannot be read."""
        marked = list(cells)
        for column in self.formulas.get(row, ()):
            marked[column - 1 : column] = [FORMULA]
        for merge in self.merged_at(row):
            first, last = merge.columns[0] - 1, min(merge.columns[1], len(marked))
            marked[first:last] = [MERGED] * max(0, last - first)
        return marked


def survey(archive: zipfile.ZipFile, part: str) -> Survey:
    """Read a sheet's XML once, element by element. Raises ValueError for more merges than a table has."""
    found = Survey()
    with archive.open(part) as sheet:
        for _, element in iterparse(sheet, events=("end",)):
            kind = re.sub(r"^\{.*\}", "", element.tag)
            if kind == "mergeCell":
                found.merges.append(_merge(element.attrib["ref"]))
            elif kind == "c":
                _note_formula(found, element)
            if kind in ("row", "c", "mergeCell"):
                element.clear()
            if len(found.merges) > _MOST_MERGES:
                raise ValueError("too many merged cells")
    return found


def _merge(name: str) -> Merge:
    first_column, first_row, last_column, last_row = range_boundaries(name)
    if first_column is None or first_row is None or last_column is None or last_row is None:
        raise ValueError("a merged range without bounds")
    return Merge(name, (first_column, last_column), (first_row, last_row))


def _note_formula(found: Survey, cell: Any) -> None:
    parts = {re.sub(r"^\{.*\}", "", part.tag): part for part in cell}
    value = parts.get("v")
    if "f" in parts and (value is None or not value.text) and "r" in cell.attrib:
        row, column = coordinate_to_tuple(cell.attrib["r"])
        found.formulas.setdefault(row, set()).add(column)
