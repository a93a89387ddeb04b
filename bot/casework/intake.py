"""A case file's rows: header and cells in, cases and problems out, one at a time, however long it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.casework import cells
from bot.casework.cells import CellRefused, Read
from bot.casework.known import Known, RowFacts
from bot.casework.problems import Problem, ProblemCode
from bot.casework.record import CaseRecord

__all__ = ["COLUMNS", "REQUIRED", "CaseRecord", "Known", "Problem", "read_cases"]

COLUMNS: Mapping[str, Read[Any]] = {
    "case_ref": cells.text(64),
    "name": cells.text(200),
    "phone": cells.phone,
    "id_last4": cells.last4,
    "language": cells.language,
    "jurisdiction": cells.jurisdiction,
    "timezone": cells.timezone,
    "address": cells.text(500),
    "latitude": cells.degrees(90, ProblemCode.LATITUDE),
    "longitude": cells.degrees(180, ProblemCode.LONGITUDE),
    "product": cells.text(200),
    "currency": cells.currency,
    "principal": cells.amount,
    "outstanding": cells.amount,
    "instalment": cells.amount,
    "due_date": cells.day,
    "overdue_since": cells.past_day,
    "payments_missed": cells.number,
    "last_payment_date": cells.past_day,
    "last_payment_amount": cells.amount,
    "monthly_income": cells.amount,
    "income_source": cells.text(200),
    "household_size": cells.number,
    "employment": cells.text(200),
    "prior_promises_kept": cells.number,
    "prior_promises_broken": cells.number,
    "vulnerable": cells.flag,
    "notes": cells.text(4000),
}
REQUIRED = (
    *("case_ref", "name", "phone", "id_last4", "jurisdiction", "timezone"),
    *("address", "currency", "outstanding", "overdue_since"),
)

# What stands in a cell that could not be read: marks of the table reader, a spreadsheet's own errors.
_UNREAD: Mapping[str, ProblemCode] = {"#MERGED!": ProblemCode.MERGED} | dict.fromkeys(
    ("#FORMULA!", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#N/A"), ProblemCode.FORMULA
)
_REGIONS: Mapping[str, str] = {"UK": "GB", "EU": ""}  # packs that are not named by an ISO 3166 country
_USUAL_DIGITS = 2
# What can only be judged by another cell of the row; without that one it is not complained of.
_READ_BY: Mapping[ProblemCode, str] = {
    ProblemCode.PHONE: "jurisdiction",
    ProblemCode.AMOUNT_AMBIGUOUS: "currency",
    ProblemCode.AMOUNT_FINE: "currency",
}


def read_cases(rows: Iterable[Sequence[str]], known: Known) -> Iterator[CaseRecord | Problem]:
    """Yield a record for each good row and the problems of each bad one, in the order of the file.

    The first row is the header; empty rows are passed over but counted. A bad row never stops a good one;
    only a header that lacks a required column, or names one twice, stops everything. Memory is constant but
    for one reference and row number a case, by which repeated references are found.
    """
    numbered = enumerate(rows, start=1)
    header = [_name(cell) for cell in next(numbered, (1, ()))[1]]
    problems, usable = _check_header(header)
    yield from problems
    if not usable:
        return
    first_rows: dict[str, int] = {}
    for row, found in numbered:
        if any(cell.strip() for cell in found):
            yield from _read_row(row, header, found, known, first_rows)


def _name(cell: str) -> str:
    return "_".join(cell.replace("\ufeff", "").replace("-", " ").casefold().replace("_", " ").split())


def _check_header(header: Sequence[str]) -> tuple[list[Problem], bool]:
    """Return what is wrong with the header, and whether rows can be read by it."""
    if not any(name in COLUMNS for name in header):
        # it may be a customer's row: nothing of it is repeated
        return [Problem(1, "", ProblemCode.NO_HEADER)], False
    missing = ", ".join(name for name in REQUIRED if name not in header)
    twice = [name for name in COLUMNS if header.count(name) > 1]
    unknown = [name for name in header if name and name not in COLUMNS]
    problems = [Problem(1, name, ProblemCode.UNKNOWN_COLUMN) for name in unknown]
    problems += [Problem(1, name, ProblemCode.DOUBLE_COLUMN) for name in twice]
    if missing:
        problems.append(Problem(1, missing, ProblemCode.MISSING_COLUMNS, {"columns": missing}))
    return problems, not missing and not twice


def _read_row(
    row: int, header: Sequence[str], found: Sequence[str], known: Known, first_rows: dict[str, int]
) -> Iterator[CaseRecord | Problem]:
    texts = {name: cell.strip() for name, cell in zip(header, found, strict=False) if name in COLUMNS}
    values, problems = _read_cells(row, texts, known)
    problems += _check_row(row, header, found, texts)
    problems += _check_reference(row, values.get("case_ref", ""), first_rows)
    if problems:
        yield from problems
    else:
        yield CaseRecord(**values)


def _read_cells(row: int, texts: Mapping[str, str], known: Known) -> tuple[dict[str, Any], list[Problem]]:
    facts = _facts(texts, known)
    values: dict[str, Any] = {}
    problems = []
    for name, cell in texts.items():
        try:
            if cell:
                values[name] = _read_cell(name, cell, facts)
        except CellRefused as refused:
            problems.append(Problem(row, name, refused.code, refused.details))
    return values, [one for one in problems if _READ_BY.get(one.code, "") in {*values, ""}]


def _read_cell(name: str, cell: str, facts: RowFacts) -> Any:
    if cell in _UNREAD:
        raise CellRefused(_UNREAD[cell])
    return COLUMNS[name](cell, facts)


def _facts(texts: Mapping[str, str], known: Known) -> RowFacts:
    place = texts.get("jurisdiction", "").upper().partition("-")[0]
    currency = texts.get("currency", "").upper()
    return RowFacts(known, _REGIONS.get(place, place), known.currencies.get(currency, _USUAL_DIGITS))


def _check_row(
    row: int, header: Sequence[str], found: Sequence[str], texts: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield what is wrong between the cells of a row."""
    yield from (Problem(row, name, ProblemCode.EMPTY) for name in REQUIRED if not texts.get(name))
    unnamed = [cell for n, cell in enumerate(found) if n >= len(header) or not header[n]]
    if any(cell.strip() for cell in unnamed):
        yield Problem(row, "", ProblemCode.CELLS)
    if bool(texts.get("latitude")) != bool(texts.get("longitude")):
        yield Problem(row, "latitude", ProblemCode.PLACE_HALF)


def _check_reference(row: int, case_ref: str, first_rows: dict[str, int]) -> Iterator[Problem]:
    first = first_rows.setdefault(case_ref, row)
    if case_ref and first != row:
        yield Problem(row, "case_ref", ProblemCode.DUPLICATE, {"first": str(first)})
