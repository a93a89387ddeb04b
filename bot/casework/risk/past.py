"""A history for a backtest: cases as they were on the day of the decision, with how they came out.

Columns are inputs by name (an empty cell: not known then), the outcome of each view (`yes` or `no`; empty: the case
says nothing about that view), and whatever it is to be sliced by. Slices never reach a score.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.casework.risk.inputs import INPUTS, PROTECTED, Inputs, Value, View
from bot.casework.risk.model import RiskModel
from bot.casework.risk.scorecard_file import ANSWERS

_IGNORED = ("case_ref",)  # so that a row can be found again
_LONGEST = 9  # digits of a number


@dataclass(frozen=True, slots=True)
class PastCase:
    """One case. `outcomes` tells, for the views that it says something about, whether the concern came true."""

    inputs: Inputs
    outcomes: Mapping[View, bool]
    slices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row (the header is row 1); the cell's own words are not repeated."""

    row: int
    column: str
    message: str


def read_past(rows: Iterable[Sequence[str]], model: RiskModel) -> Iterator[PastCase | Fault]:
    """Yield the good rows as cases and what is wrong with the others; a header that is of no use ends it."""
    numbered = enumerate(rows, 1)
    header = [name.strip().casefold() for name in next(numbered, (1, ()))[1]]
    outcomes = {card.outcome.column: view for view, card in model.cards.items()}
    faults = list(_header_faults(header, outcomes))
    yield from faults
    if not any(name in outcomes for name in header) or any(header.count(name) > 1 for name in header if name):
        return
    for row, cells in numbered:
        if any(cell.strip() for cell in cells):
            yield from _read(row, dict(zip(header, map(str.strip, cells), strict=False)), model)


def _header_faults(header: Sequence[str], outcomes: Mapping[str, View]) -> Iterator[Fault]:
    if not any(name in outcomes for name in header):
        message = f"there is no outcome: add one of {', '.join(outcomes)} with yes or no"
        yield Fault(1, "", message)
    known = {*INPUTS, *outcomes, *PROTECTED, *_IGNORED, ""}
    for name in dict.fromkeys(header):
        if name and header.count(name) > 1:
            yield Fault(1, name, "this column stands here twice")
        elif name not in known:
            yield Fault(1, name, "this column is not known and was not read")


def _read(row: int, cells: Mapping[str, str], model: RiskModel) -> Iterator[PastCase | Fault]:
    faults: list[Fault] = []
    inputs: dict[str, Value] = {}
    for name in INPUTS.keys() & cells.keys():
        value = _value(name, cells[name])
        if value is not None:
            inputs[name] = value
        elif cells[name]:
            faults.append(Fault(row, name, _wanted(name)))
    outcomes: dict[View, bool] = {}
    for view, card in model.cards.items():
        told = cells.get(card.outcome.column, "").casefold()
        if told in ANSWERS:
            outcomes[view] = told == card.outcome.concern
        elif told:
            faults.append(Fault(row, card.outcome.column, "write yes or no, or leave it empty"))
    slices = {name: cells[name] for name in sorted(PROTECTED & cells.keys()) if cells[name]}
    if not faults:
        yield PastCase(inputs, outcomes, slices)
    yield from sorted(faults, key=lambda fault: fault.column)


def _value(name: str, cell: str) -> Value | None:
    if INPUTS[name].words:
        return cell.casefold() if cell.casefold() in INPUTS[name].words else None
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) <= _LONGEST else None


def _wanted(name: str) -> str:
    words = INPUTS[name].words
    return f"write one of {', '.join(sorted(words))}" if words else "write a whole number from 0, such as 30"
