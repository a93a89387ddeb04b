from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.casework.days import parse_day
from bot.casework.intake import Bad, Good, read_sheet
from bot.casework.known import Known
from bot.casework.layouts import CASES
from bot.casework.masking import mask_address, mask_name, mask_phone
from bot.casework.money import parse_amount, to_major, to_minor
from bot.service.desk.files.headings import headings

KNOWN = Known(frozenset({"HK"}), frozenset({"Asia/Hong_Kong"}), {"HKD": 2}, date(2026, 11, 24), headings())
CELLS = st.text(max_size=20) | st.sampled_from(
    ["HK", "HKD", "Asia/Hong_Kong", "1,234.50", "2026-01-02", "048X"]
)
MINOR = st.integers(0, 10**15 - 1)


@given(st.lists(st.lists(CELLS, max_size=30), max_size=4), st.permutations(list(CASES.columns)))
def test_any_cells(rows: list[list[str]], header: list[str]) -> None:
    """Whatever the cells hold, every row that is not empty ends as a record or as problems."""
    results = list(read_sheet([header, *rows], KNOWN).rows)
    filled = [number for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)]
    assert [one.row for one in results] == filled
    assert all(
        isinstance(one, Good) or all(each.wrong and each.right for each in one.problems) for one in results
    )


@given(st.lists(st.lists(CELLS, max_size=5), max_size=3))
def test_any_header(rows: list[list[str]]) -> None:
    """Whatever stands in the place of a header, reading never raises."""
    assert all(isinstance(one, Good | Bad) for one in read_sheet(rows, KNOWN).rows)


@given(MINOR, st.sampled_from([0, 2, 3]))
def test_money_round_trip(minor: int, digits: int) -> None:
    """Minor units survive the way through an amount, and through its text where that is not ambiguous."""
    amount = to_major(minor, digits)
    assert to_minor(amount, digits) == minor
    assert parse_amount(f"{amount:,.{digits}f}", digits) == minor


@given(st.decimals(allow_nan=True, allow_infinity=True), st.sampled_from([0, 2, 3]))
def test_never_rounded(amount: Decimal, digits: int) -> None:
    """An amount is kept exactly or refused, never rounded."""
    try:
        minor = to_minor(amount, digits)
    except ValueError:
        return
    assert Decimal(minor).scaleb(-digits) == amount


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_days_round_trip(day: date) -> None:
    """Every day is read back from its ISO, Chinese and named forms."""
    forms = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        day.strftime("%d %b %Y"),
        day.strftime("%B %d, %Y"),
    ]
    assert {parse_day(form) for form in forms} == {day}


@given(st.text())
def test_masks_never_raise(text: str) -> None:
    """Any text can be masked, and a masked telephone number shows three digits at most."""
    assert mask_name(text)
    assert mask_address(text).endswith("…")
    assert sum(mark.isdecimal() for mark in mask_phone(text)) <= 3


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=3))
def test_most_of_a_name_is_hidden(word: str) -> None:
    """Of a word of letters only the first shows."""
    assert mask_name(word).rstrip("*") == mask_name(word)[0]
