"""What lenders call their columns."""

import pytest

from bot.casework.headings import headings_of
from bot.casework.intake import Good, read_sheet
from bot.casework.known import Known
from bot.casework.layouts import CASES, LAYOUTS, PAYMENTS
from bot.i18n import catalogues
from bot.service.desk.files.findings import RIGHT, ROW, WRONG
from bot.service.desk.files.headings import headings
from tests.unit.casework.conftest import ROW as GOOD_ROW


def test_every_column_has_its_names() -> None:
    """The file of headings names the columns of both kinds of file, each with synonyms, and no other."""
    for layout in LAYOUTS:
        assert set(headings().by_kind[layout.kind].values()) == set(layout.columns)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Customer-Name", "name"),
        ("  MOBILE  ", "phone"),
        ("\ufeff案件编号", "case_ref"),
        ("個案編號", "case_ref"),
        ("Outstanding Balance", "outstanding"),
        ("欠款金額", "outstanding"),
        ("逾期日期", "overdue_since"),
        ("shoe size", ""),
    ],
)
def test_synonyms(heading: str, column: str) -> None:
    """Synonyms in three languages are understood, whatever their capitals, dashes and blanks."""
    assert headings().column("cases", heading) == column


def test_one_name_for_two_columns() -> None:
    """A name that would stand for two columns is a fault of the file of headings."""
    with pytest.raises(ValueError, match="mobile stands for both"):
        headings_of({"cases": {"name": ["mobile"], "phone": ["Mobile"]}})


def test_our_own_columns() -> None:
    """What we add to a returned file is known in each language, so that it can be sent in again."""
    said = catalogues.load()
    words = [
        said.text(locale, one.context, one.msgid) for locale in said.locales for one in (ROW, WRONG, RIGHT)
    ]
    assert [word for word in words if not headings().is_ours(word)] == []


def test_kinds_are_told_by_their_header(known: Known) -> None:
    """A header with the columns of a payment is one of payments, also where it has more; else it is one of cases."""
    payments = ["Loan No", "Payment Date", "Amount", "Bank Reference", "Branch"]
    assert read_sheet([payments], known).layout is PAYMENTS
    assert read_sheet([list(GOOD_ROW)], known).layout is CASES
    assert read_sheet([["nothing", "known"]], known).layout is CASES


def test_a_file_with_other_names(known: Known) -> None:
    """A row is read by the synonyms of its header."""
    header = ["Borrower" if name == "name" else "手機" if name == "phone" else name for name in GOOD_ROW]
    (row,) = read_sheet([header, list(GOOD_ROW.values())], known).rows
    assert isinstance(row, Good)
