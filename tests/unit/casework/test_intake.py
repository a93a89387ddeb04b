from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

import pytest

from bot.casework.known import Known
from bot.casework.layouts import CASES
from bot.casework.problems import TEXTS, Problem, ProblemCode
from bot.casework.record import CaseRecord
from tests.unit.casework.conftest import PERSONAL, ROW, Read, read_cases

COLUMNS, REQUIRED = CASES.columns, CASES.required


def record(found: list[CaseRecord | Problem]) -> CaseRecord:
    assert [type(one) for one in found] == [CaseRecord], found
    assert isinstance(found[0], CaseRecord)
    return found[0]


def problem(found: list[CaseRecord | Problem]) -> Problem:
    assert [type(one) for one in found] == [Problem], found
    assert isinstance(found[0], Problem)
    return found[0]


def test_every_column(read: Read) -> None:
    """Every column comes out typed: E.164, minor units, dates, a supported language."""
    assert asdict(record(read())) == {
        **ROW,
        "phone": "+85291234567",
        "language": "zh_Hant",
        "latitude": 22.2855,
        "longitude": 114.1577,
        "principal": 5_000_000,
        "outstanding": 123_456,
        "instalment": 50_000,
        "due_date": date(2026, 12, 1),
        "overdue_since": date(2026, 9, 1),
        "payments_missed": 2,
        "last_payment_date": date(2026, 8, 1),
        "last_payment_amount": 50_000,
        "monthly_income": 1_800_000,
        "household_size": 3,
        "prior_promises_kept": 1,
        "prior_promises_broken": 0,
        "vulnerable": False,
    }


def test_required_columns_are_enough(read: Read) -> None:
    """A file with only the required columns is taken; what is not told is None."""
    found = record(read(**{name: None for name in COLUMNS if name not in REQUIRED}))
    assert {found.as_dict()[name] for name in COLUMNS if name not in REQUIRED} == {None}


def test_columns_are_those_of_a_record() -> None:
    """The columns that are read are the fields of a record."""
    assert set(COLUMNS) == set(CaseRecord.__slots__)


@pytest.mark.parametrize("column", [name for name in COLUMNS if name not in REQUIRED])
def test_optional_cells_may_be_empty(column: str, read: Read) -> None:
    """An empty cell of any other column is no problem."""
    partner = {"latitude": "longitude", "longitude": "latitude"}.get(column, column)
    assert record(read(**{column: " ", partner: " "})).as_dict()[column] is None


@pytest.mark.parametrize("column", REQUIRED)
def test_required_cells(column: str, read: Read) -> None:
    """An empty required cell is named by its row and column."""
    found = problem(read(**{column: "  "}))
    assert (found.row, found.column, found.code) == (2, column, ProblemCode.EMPTY)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("phone", "12345", ProblemCode.PHONE),
        ("phone", "call me", ProblemCode.PHONE),
        ("phone", "+99912345678", ProblemCode.PHONE),
        ("phone", "9123 4567 ext. 9", ProblemCode.PHONE),
        ("id_last4", "123", ProblemCode.LAST4),
        ("id_last4", "12A4", ProblemCode.LAST4),
        ("language", "fr", ProblemCode.LANGUAGE),
        ("jurisdiction", "Atlantis", ProblemCode.JURISDICTION),
        ("timezone", "Hong Kong", ProblemCode.TIMEZONE),
        ("currency", "HK$", ProblemCode.CURRENCY),
        ("outstanding", "about 100", ProblemCode.AMOUNT),
        ("outstanding", "1.234", ProblemCode.AMOUNT_AMBIGUOUS),
        ("outstanding", "1.2345", ProblemCode.AMOUNT_FINE),
        ("outstanding", "-5", ProblemCode.NEGATIVE),
        ("overdue_since", "last week", ProblemCode.DATE),
        ("overdue_since", "2026-02-30", ProblemCode.DATE),
        ("overdue_since", "03/04/2026", ProblemCode.DATE_AMBIGUOUS),
        ("overdue_since", "2027-01-01", ProblemCode.DATE_FUTURE),
        ("payments_missed", "2.5", ProblemCode.NUMBER),
        ("payments_missed", "-1", ProblemCode.NUMBER),
        ("vulnerable", "maybe", ProblemCode.FLAG),
        ("latitude", "91", ProblemCode.LATITUDE),
        ("latitude", "nan", ProblemCode.LATITUDE),
        ("longitude", "180.5", ProblemCode.LONGITUDE),
        ("latitude", "", ProblemCode.PLACE_HALF),
        ("longitude", "", ProblemCode.PLACE_HALF),
        ("name", "x" * 201, ProblemCode.TOO_LONG),
        ("notes", "x" * 4001, ProblemCode.TOO_LONG),
        ("name", "#MERGED!", ProblemCode.MERGED),
        ("outstanding", "#FORMULA!", ProblemCode.FORMULA),
        ("outstanding", "#N/A", ProblemCode.FORMULA),
    ],
)
def test_problems(column: str, cell: str, code: ProblemCode, read: Read) -> None:
    """A cell that cannot be taken is one problem, with its code and two whole sentences."""
    found = problem(read(**{column: cell}))
    assert found.code is code
    assert found.wrong
    assert found.right
    assert "{" not in found.wrong + found.right


@pytest.mark.parametrize("column", PERSONAL)
def test_nothing_personal_is_repeated(column: str, read: Read) -> None:
    """What is wrong with a personal cell is said without its value."""
    for secret in ("Secretive" * 600, "#MERGED!Secretive"):
        for found in read(**{column: secret}):
            assert "Secretive" not in repr(found)
            assert not isinstance(found, Problem) or "Secretive" not in found.wrong + found.right


def test_record_keeps_quiet(read: Read) -> None:
    """The repr of a record, which may end in a traceback, shows the reference alone."""
    assert repr(record(read())) == "CaseRecord('A-1')"


def test_every_code_has_texts() -> None:
    """Each code says what is wrong and what would be right."""
    assert set(TEXTS) == set(ProblemCode)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en-GB", "en"), ("EN", "en"), ("zh", "zh_Hans"), ("zh-CN", "zh_Hans"), ("zh_SG", "zh_Hans"),
        ("zh-TW", "zh_Hant"), ("zh-HK", "zh_Hant"), ("zh_MO", "zh_Hant"), ("zh-Hant-TW", "zh_Hant"),
        ("zh_Hans", "zh_Hans"),
    ],
)  # fmt: skip
def test_languages(tag: str, language: str, read: Read) -> None:
    """Language tags of customers' systems come down to the languages that Doorstep speaks."""
    assert record(read(language=tag)).language == language


@pytest.mark.parametrize(
    ("jurisdiction", "phone", "e164"),
    [
        ("HK", "９１２３　４５６７", "+85291234567"),
        ("UK", "07700 900123", "+447700900123"),
        ("us-ma", "(617) 555-0123", "+16175550123"),
        ("CN", "138 0013 8000", "+8613800138000"),
        ("EU", "+49 30 123456", "+4930123456"),
        ("HK", "+44 7700 900123", "+447700900123"),
    ],
)
def test_phones(jurisdiction: str, phone: str, e164: str, read: Read) -> None:
    """Telephone numbers are read as of the case's country unless they name another."""
    assert record(read(jurisdiction=jurisdiction, phone=phone)).phone == e164


def test_phone_without_country(read: Read) -> None:
    """Where the jurisdiction is no single country, a number needs its country code."""
    assert problem(read(jurisdiction="EU", phone="030 123456")).code is ProblemCode.PHONE


def test_own_spelling(read: Read) -> None:
    """Case and spaces in names of places, zones and currencies do not matter."""
    found = record(
        read(jurisdiction="us-ma", timezone="america/new york", currency=" eur", phone="6175550123")
    )
    assert (found.jurisdiction, found.timezone, found.currency) == ("US-MA", "America/New_York", "EUR")


@pytest.mark.parametrize(("currency", "amount"), [("JPY", 1234), ("HKD", 123400), ("EUR", 123400)])
def test_minor_units(currency: str, amount: int, read: Read) -> None:
    """Amounts are in the minor units of the row's own currency."""
    assert record(read(currency=currency, outstanding="1,234")).outstanding == amount


def test_problems_that_follow(read: Read) -> None:
    """What cannot be judged without another cell is not complained of when that one is wrong."""
    assert problem(read(jurisdiction="Atlantis", phone="9123 4567")).column == "jurisdiction"
    assert problem(read(currency="?", outstanding="1.234")).column == "currency"


def test_ambiguous_date_names_both(read: Read) -> None:
    """An ambiguous date is answered with both days that it can mean."""
    found = problem(read(overdue_since="03/04/2026"))
    assert found.wrong == "03/04/2026 can be two dates"
    assert found.right == "write the date as 2026-03-04 or as 2026-04-03"


def test_header_forms(known: Known) -> None:
    """A byte order mark, capitals, spaces and dashes in the header do not matter."""
    header = ["\ufeffCase Ref", " NAME ", *(name.replace("_", "-") for name in list(ROW)[2:])]
    record(list(read_cases([header, list(ROW.values())], known)))


def test_missing_columns_are_one_problem(read: Read) -> None:
    """All missing required columns are one problem, and no row is read."""
    found = problem(read(phone=None, currency=None))
    assert (found.row, found.code) == (1, ProblemCode.MISSING_COLUMNS)
    assert found.right == "add phone, currency to the header row and fill them in"


def test_unknown_columns_are_reported(read: Read) -> None:
    """An unknown column is reported at the header, and the rows are read all the same."""
    found = read(shoe_size="43")
    assert isinstance(found[0], Problem)
    assert (found[0].row, found[0].column, found[0].code) == (1, "shoe_size", ProblemCode.UNKNOWN_COLUMN)
    record(found[1:])


def test_column_twice(known: Known) -> None:
    """A column that is there twice stops the file: nobody can know which one counts."""
    rows = [[*ROW, "name"], [*ROW.values(), "Other"]]
    assert problem(list(read_cases(rows, known))).code is ProblemCode.DOUBLE_COLUMN


def test_no_header(known: Known) -> None:
    """A file without a header is one problem that repeats nothing of its first customer."""
    found = problem(list(read_cases([list(ROW.values())], known)))
    assert found.code is ProblemCode.NO_HEADER
    assert "Wing" not in repr(found)


def test_empty_file(known: Known) -> None:
    """No rows at all is the same problem."""
    assert problem(list(read_cases([], known))).code is ProblemCode.NO_HEADER


def test_duplicate(known: Known) -> None:
    """The second row with a reference is the problem, and says where the first one is."""
    rows = [list(ROW), list(ROW.values()), [], list(ROW.values())]
    first, second = read_cases(rows, known)
    assert isinstance(first, CaseRecord)
    assert isinstance(second, Problem)
    assert (second.row, second.code, second.wrong) == (
        4, ProblemCode.DUPLICATE, "row 2 has the same case_ref",
    )  # fmt: skip


def test_bad_rows_never_stop_good_ones(known: Known) -> None:
    """Every problem of a bad row is told, and the rows around it are taken."""
    bad = ROW | {"case_ref": "A-2", "phone": "1", "currency": "?", "overdue_since": "?"}
    last = ROW | {"case_ref": "A-3"}
    found = list(read_cases([list(ROW), *(list(row.values()) for row in (ROW, bad, last))], known))
    assert [one.column if isinstance(one, Problem) else one.case_ref for one in found] == [
        *("A-1", "phone", "currency", "overdue_since", "A-3"),
    ]


def test_cells_outside(known: Known) -> None:
    """A cell beyond the header, or under an empty header, is a problem, not dropped."""
    beyond = [list(ROW), [*ROW.values(), "more"]]
    unnamed = [[*ROW, ""], [*ROW.values(), "more"]]
    for rows in (beyond, unnamed):
        assert problem(list(read_cases(rows, known))).code is ProblemCode.CELLS
    record(list(read_cases([[*ROW, ""], [*ROW.values(), " "]], known)))


def test_short_row(known: Known) -> None:
    """A row that breaks off lacks its last cells, nothing else."""
    record(list(read_cases([list(ROW), list(ROW.values())[:-1]], known)))


def test_one_row_at_a_time(known: Known) -> None:
    """A result comes out before the next row is asked for: memory does not grow with the file."""
    asked = []

    def rows() -> Iterator[list[str]]:
        yield list(ROW)
        for number in range(1000):
            asked.append(number)
            yield list((ROW | {"case_ref": f"A-{number}"}).values())

    results = read_cases(rows(), known)
    next(results)
    next(results)
    assert asked == [0, 1]


def test_control_characters(read: Read) -> None:
    """Control characters that no database or letter can hold are taken out of texts."""
    assert record(read(name="Wing\x00\x07 Sample")).name == "Wing Sample"
