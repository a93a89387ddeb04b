"""What can be wrong with a row of a case file and what would be right; personal values are not repeated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ProblemCode(StrEnum):
    """What is wrong."""

    NO_HEADER = "no_header"
    MISSING_COLUMNS = "missing_columns"
    UNKNOWN_COLUMN = "unknown_column"
    DOUBLE_COLUMN = "double_column"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    PHONE = "phone"
    LAST4 = "last4"
    LANGUAGE = "language"
    JURISDICTION = "jurisdiction"
    TIMEZONE = "timezone"
    CURRENCY = "currency"
    AMOUNT = "amount"
    AMOUNT_AMBIGUOUS = "amount_ambiguous"
    AMOUNT_FINE = "amount_fine"
    NEGATIVE = "negative"
    DATE = "date"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_FUTURE = "date_future"
    NUMBER = "number"
    FLAG = "flag"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    PLACE_HALF = "place_half"
    DUPLICATE = "duplicate"
    CELLS = "cells"
    MERGED = "merged"
    FORMULA = "formula"


# The English of each code: what is wrong, what would be right; `{name}` is an argument of the problem.
TEXTS: Mapping[ProblemCode, tuple[str, str]] = {
    ProblemCode.NO_HEADER: (
        "the first row names none of the known columns",
        "make the first row a header with case_ref, name, phone and the other column names",
    ),
    ProblemCode.MISSING_COLUMNS: (
        "the header row lacks required columns: {columns}",
        "add {columns} to the header row and fill them in",
    ),
    ProblemCode.UNKNOWN_COLUMN: ("this column is not known and was not read", "rename it or take it out"),
    ProblemCode.DOUBLE_COLUMN: ("the header row names this column twice", "keep one column of this name"),
    ProblemCode.EMPTY: ("this required cell is empty", "fill it in"),
    ProblemCode.TOO_LONG: ("this text is too long", "write at most {limit} characters"),
    ProblemCode.PHONE: (
        "this is not a telephone number of the case's country",
        "write it with its country code, such as +852 9123 4567",
    ),
    ProblemCode.LAST4: (
        "this is not the end of an id number",
        "write its last four characters, digits or X, such as 048X; format the column as text to keep zeros",
    ),
    ProblemCode.LANGUAGE: ("{found} is not a language of Doorstep", "write en, zh_Hans or zh_Hant"),
    ProblemCode.JURISDICTION: ("there are no rules for {found}", "write one of {known}"),
    ProblemCode.TIMEZONE: (
        "{found} is not a time zone",
        "write a name of the tz database, such as Asia/Hong_Kong",
    ),
    ProblemCode.CURRENCY: ("{found} is not a currency code", "write an ISO 4217 code, such as HKD"),
    ProblemCode.AMOUNT: ("this is not an amount", "write it like 1234.50, without a currency sign"),
    ProblemCode.AMOUNT_AMBIGUOUS: (
        "this amount can mean two, a thousand or a fraction",
        "write a thousand without a mark, such as {thousand}",
    ),
    ProblemCode.AMOUNT_FINE: (
        "this amount is finer than the smallest unit of its currency",
        "write at most {digits} digits after the point",
    ),
    ProblemCode.NEGATIVE: ("this amount is below zero", "write it without a minus sign"),
    ProblemCode.DATE: ("this is not a date", "write the date as 2026-11-24"),
    ProblemCode.DATE_AMBIGUOUS: ("{found} can be two dates", "write the date as {first} or as {second}"),
    ProblemCode.DATE_FUTURE: ("{found} is in the future", "write a day that has passed; check the year"),
    ProblemCode.NUMBER: ("this is not a whole number", "write it in digits, such as 3"),
    ProblemCode.FLAG: ("this is neither yes nor no", "write yes or no, or leave it empty if not known"),
    ProblemCode.LATITUDE: ("this is not a latitude", "write degrees from -90 to 90, such as 22.2855"),
    ProblemCode.LONGITUDE: ("this is not a longitude", "write degrees from -180 to 180, such as 114.1577"),
    ProblemCode.PLACE_HALF: ("latitude and longitude belong together", "fill in both or leave both empty"),
    ProblemCode.DUPLICATE: ("row {first} has the same case_ref", "keep one row for each case"),
    ProblemCode.CELLS: (
        "this row has cells outside of the named columns",
        "put a cell that holds the separator in quotes, or name its column",
    ),
    ProblemCode.MERGED: ("this cell is merged with others", "unmerge it and fill in every row by itself"),
    ProblemCode.FORMULA: (
        "this cell holds a formula without a result",
        "replace it by its value, or open and save the file in a spreadsheet program",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a row and column. Rows count as in a spreadsheet: the header is row 1.

    `args` fill the placeholders of the text; they never hold a value of a personal column.
    """

    row: int
    column: str
    code: ProblemCode
    args: Mapping[str, str] = field(default_factory=dict)

    @property
    def wrong(self) -> str:
        """What is wrong, in English."""
        return TEXTS[self.code][0].format_map(self.args)

    @property
    def right(self) -> str:
        """What would be right, in English."""
        return TEXTS[self.code][1].format_map(self.args)

    @property
    def text(self) -> str:
        """Both, as one sentence."""
        return f"{self.wrong}: {self.right}"
