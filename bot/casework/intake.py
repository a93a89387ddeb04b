"""A lender's file: header and cells in, records and problems out, row by row, however long it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.casework import cells
from bot.casework.cells import CellRefused
from bot.casework.headings import Headings
from bot.casework.known import Known, RowFacts
from bot.casework.layouts import CASES, LAYOUTS, Layout, Record
from bot.casework.problems import Problem, ProblemCode
from bot.casework.record import PaymentRecord

# What stands in a cell that could not be read: marks of the table reader, a spreadsheet's own errors.
_UNREAD: Mapping[str, ProblemCode] = {"#MERGED!": ProblemCode.MERGED} | dict.fromkeys(
    ("#FORMULA!", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#N/A"), ProblemCode.FORMULA
)
_REGIONS: Mapping[str, str] = {"UK": "GB", "EU": ""}  # packs that are not named by an ISO 3166 country
_USUAL_DIGITS = 2
_SAVED = ("'=", "'+", "'-", "'@", "'＝", "'＋", "'－", "'＠")  # as our own files keep a cell from being run
# What can only be judged by another cell of the row; without that one it is not complained of.
_READ_BY: Mapping[ProblemCode, str] = {
    ProblemCode.PHONE: "jurisdiction",
    ProblemCode.AMOUNT_AMBIGUOUS: "currency",
    ProblemCode.AMOUNT_FINE: "currency",
}


@dataclass(frozen=True, slots=True, repr=False)
class Good:
    """A row that can be taken, with its cells as they stood. Rows count as in a spreadsheet: the header is row 1."""

    row: int
    cells: Sequence[str]
    record: Record


@dataclass(frozen=True, slots=True, repr=False)
class Bad:
    """A row that cannot be taken, with its cells as they stood and every problem."""

    row: int
    cells: Sequence[str]
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file whose header was read: what kind it is, what it calls its columns and what we call them.

    `columns` has an empty name for each column that is not read. `problems` are the header's; unless it is
    `usable`, there are no `rows`.
    """

    layout: Layout
    header: Sequence[str]
    columns: Sequence[str]
    problems: Sequence[Problem]
    usable: bool
    rows: Iterator[Good | Bad]


def read_sheet(table: Iterable[Sequence[str]], known: Known) -> Sheet:
    """Read the header of a table, by which its rows are read when they are asked for.

    Empty rows are passed over but counted. A bad row never stops a good one; only a header that lacks a
    required column, or names one twice, stops everything. Memory is constant but for what tells one row from
    another, and its number, by which repeated rows are found.
    """
    numbered = enumerate(table, start=1)
    header = [cell.strip() for cell in next(numbered, (1, ()))[1]]
    layout = max(LAYOUTS, key=lambda one: _understood(one, header, known.headings))
    columns = [known.headings.column(layout.kind, heading) for heading in header]
    problems, usable = _check_header(layout, header, columns, known.headings)
    rows = _read_rows(numbered, layout, header, columns, known) if usable else iter(())
    return Sheet(layout, header, columns, problems, usable, rows)


def _understood(layout: Layout, header: Sequence[str], headings: Headings) -> int:
    return sum(bool(headings.column(layout.kind, heading)) for heading in header)


def _missing(layout: Layout, header: Sequence[str], headings: Headings) -> list[str]:
    found = {headings.column(layout.kind, heading) for heading in header}
    return [name for name in layout.required if name not in found]


def _check_header(
    layout: Layout, header: Sequence[str], columns: Sequence[str], headings: Headings
) -> tuple[list[Problem], bool]:
    """Return what is wrong with the header, and whether rows can be read by it."""
    if not any(columns):
        # it may be a customer's row: nothing of it is repeated
        return [Problem(1, "", ProblemCode.NO_HEADER)], False
    missing = ", ".join(_missing(layout, header, headings))
    twice = [name for name in layout.columns if columns.count(name) > 1]
    named = zip(header, columns, strict=True)
    unknown = [name for name, ours in named if name and not ours and not headings.is_ours(name)]
    problems = [Problem(1, name, ProblemCode.UNKNOWN_COLUMN) for name in unknown]
    problems += [Problem(1, name, ProblemCode.DOUBLE_COLUMN) for name in twice]
    if missing:
        problems.append(Problem(1, missing, ProblemCode.MISSING_COLUMNS, {"columns": missing}))
    return problems, not missing and not twice


def _read_rows(
    numbered: Iterator[tuple[int, Sequence[str]]],
    layout: Layout,
    header: Sequence[str],
    columns: Sequence[str],
    known: Known,
) -> Iterator[Good | Bad]:
    first_rows: dict[tuple[Any, ...], int] = {}
    for row, found in numbered:
        if any(cell.strip() for cell in found):
            texts = {name: _bare(cell) for name, cell in zip(columns, found, strict=False) if name}
            values, problems = _read_cells(row, layout, texts, known)
            problems += _check_row(row, layout, header, found, texts)
            problems += _check_twice(row, layout, values, first_rows)
            yield Bad(row, found, problems) if problems else Good(row, found, layout.record(**values))


def _bare(cell: str) -> str:
    """Return a cell as it was meant: without blanks around it, and without the apostrophe of our own files."""
    plain = cell.strip()
    return plain[1:] if plain.startswith(_SAVED) else plain


def _read_cells(
    row: int, layout: Layout, texts: Mapping[str, str], known: Known
) -> tuple[dict[str, Any], list[Problem]]:
    facts = _facts(texts, known)
    values: dict[str, Any] = {}
    problems = []
    for name, cell in texts.items():
        try:
            if cell:
                values[name] = _read_cell(layout, name, cell, facts)
        except CellRefused as refused:
            problems.append(Problem(row, name, refused.code, refused.details))
    return values, [one for one in problems if _READ_BY.get(one.code, "") in {*values, ""}]


def _read_cell(layout: Layout, name: str, cell: str, facts: RowFacts) -> Any:
    if cell in _UNREAD:
        raise CellRefused(_UNREAD[cell])
    return layout.columns[name](cell, facts)


def _facts(texts: Mapping[str, str], known: Known) -> RowFacts:
    place = texts.get("jurisdiction", "").upper().partition("-")[0]
    currency = texts.get("currency", "").upper()
    return RowFacts(known, _REGIONS.get(place, place), known.currencies.get(currency, _USUAL_DIGITS))


def _check_row(
    row: int, layout: Layout, header: Sequence[str], found: Sequence[str], texts: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield what is wrong between the cells of a row."""
    yield from (Problem(row, name, ProblemCode.EMPTY) for name in layout.required if not texts.get(name))
    unnamed = [cell for n, cell in enumerate(found) if n >= len(header) or not header[n]]
    if any(cell.strip() for cell in unnamed):
        yield Problem(row, "", ProblemCode.CELLS)
    if bool(texts.get("latitude")) != bool(texts.get("longitude")):
        yield Problem(row, "latitude", ProblemCode.PLACE_HALF)


def _check_twice(
    row: int, layout: Layout, values: Mapping[str, Any], first_rows: dict[tuple[Any, ...], int]
) -> Iterator[Problem]:
    identity = layout.identity(values)
    if all(identity):
        first = first_rows.setdefault(identity, row)
        if first != row:
            column = "case_ref" if layout is CASES else "reference"
            yield Problem(row, column, layout.twice, {"first": str(first)})


def payment_amount(row: int, record: PaymentRecord, digits: int) -> int | Problem:
    """Return what a row says was paid, in minor units of its case's currency with `digits` after the point."""
    try:
        minor = cells.minor_units(record.amount, digits)
    except CellRefused as refused:
        return Problem(row, "amount", refused.code, refused.details)
    return minor if minor > 0 else Problem(row, "amount", ProblemCode.NOTHING)
