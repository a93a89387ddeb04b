"""A case file's header and row that are all right, to be spoilt by a test."""

import zoneinfo
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

import pytest

from bot.casework.intake import Good, read_sheet
from bot.casework.known import Known
from bot.casework.problems import Problem
from bot.casework.record import CaseRecord, PaymentRecord
from bot.service.desk.files.headings import headings

ROW = {
    "case_ref": "A-1",
    "name": "Wing Sample",
    "phone": "9123 4567",
    "id_last4": "048X",
    "language": "zh-HK",
    "jurisdiction": "HK",
    "timezone": "Asia/Hong_Kong",
    "address": "Flat 9Z, 100 Example Road",
    "latitude": "22.2855",
    "longitude": "114.1577",
    "product": "personal loan",
    "currency": "HKD",
    "principal": "50,000.00",
    "outstanding": "1,234.56",
    "instalment": "500",
    "due_date": "2026-12-01",
    "overdue_since": "2026-09-01",
    "payments_missed": "2",
    "last_payment_date": "1 Aug 2026",
    "last_payment_amount": "500",
    "monthly_income": "18000",
    "income_source": "wages",
    "household_size": "3",
    "employment": "employed",
    "prior_promises_kept": "1",
    "prior_promises_broken": "0",
    "vulnerable": "no",
    "notes": "calls after six",
}
PERSONAL = ("name", "phone", "id_last4", "address", "notes")

Read = Callable[..., list[CaseRecord | Problem]]


def read_cases(
    table: Iterable[Sequence[str]], known: Known
) -> Iterator[CaseRecord | PaymentRecord | Problem]:
    """Yield what a file comes to, one after the other: the header's problems, then records and problems by row."""
    sheet = read_sheet(table, known)
    yield from sheet.problems
    for row in sheet.rows:
        if isinstance(row, Good):
            yield row.record
        else:
            yield from row.problems


@pytest.fixture(scope="session")
def known() -> Known:
    return Known(
        jurisdictions=frozenset({"HK", "UK", "US", "US-MA", "EU", "CN"}),
        timezones=frozenset(zoneinfo.available_timezones()),
        currencies={"HKD": 2, "JPY": 0, "KWD": 3, "EUR": 2},
        today=date(2026, 11, 24),
        headings=headings(),
    )


@pytest.fixture
def read(known: Known) -> Read:
    """Read one row, the good one with changes; None takes the column out."""

    def one(**changes: str | None) -> list[CaseRecord | Problem]:
        row = {name: cell for name, cell in (ROW | changes).items() if cell is not None}
        return list(read_cases([list(row), list(row.values())], known))

    return one
