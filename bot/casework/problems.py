"""What can be wrong with a row of a lender's file and what would be right; personal values are not repeated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flows.script import Text


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
    DUPLICATE_PAYMENT = "duplicate_payment"
    UNKNOWN_CASE = "unknown_case"
    ERASED = "erased"
    NOTHING = "nothing"
    CELLS = "cells"
    MERGED = "merged"
    FORMULA = "formula"


# What is wrong and what would be right, for each code; `{name}` is an argument of the problem.
TEXTS: Mapping[ProblemCode, tuple[Text, Text]] = {
    ProblemCode.NO_HEADER: (
        Text("problem/no_header/wrong", "the first row names none of the known columns"),
        Text(
            "problem/no_header/right",
            "make the first row a header with case_ref, name, phone and the other column names",
        ),
    ),
    ProblemCode.MISSING_COLUMNS: (
        Text(
            "problem/missing_columns/wrong", "the header row lacks required columns: {columns}", ("columns",)
        ),
        Text(
            "problem/missing_columns/right", "add {columns} to the header row and fill them in", ("columns",)
        ),
    ),
    ProblemCode.UNKNOWN_COLUMN: (
        Text("problem/unknown_column/wrong", "this column is not known and was not read"),
        Text("problem/unknown_column/right", "rename it or take it out"),
    ),
    ProblemCode.DOUBLE_COLUMN: (
        Text("problem/double_column/wrong", "the header row names this column twice"),
        Text("problem/double_column/right", "keep one column of this name"),
    ),
    ProblemCode.EMPTY: (
        Text("problem/empty/wrong", "this required cell is empty"),
        Text("problem/empty/right", "fill it in"),
    ),
    ProblemCode.TOO_LONG: (
        Text("problem/too_long/wrong", "this text is too long"),
        Text("problem/too_long/right", "write at most {limit} characters", ("limit",)),
    ),
    ProblemCode.PHONE: (
        Text("problem/phone/wrong", "this is not a telephone number of the case's country"),
        Text("problem/phone/right", "write it with its country code, such as +852 9123 4567"),
    ),
    ProblemCode.LAST4: (
        Text("problem/last4/wrong", "this is not the end of an id number"),
        Text(
            "problem/last4/right",
            "write its last four characters, digits or X, such as 048X; format the column as text to keep zeros",
        ),
    ),
    ProblemCode.LANGUAGE: (
        Text("problem/language/wrong", "{found} is not a language of Doorstep", ("found",)),
        Text("problem/language/right", "write en, zh_Hans or zh_Hant"),
    ),
    ProblemCode.JURISDICTION: (
        Text("problem/jurisdiction/wrong", "there are no rules for {found}", ("found",)),
        Text("problem/jurisdiction/right", "write one of {known}", ("known",)),
    ),
    ProblemCode.TIMEZONE: (
        Text("problem/timezone/wrong", "{found} is not a time zone", ("found",)),
        Text("problem/timezone/right", "write a name of the tz database, such as Asia/Hong_Kong"),
    ),
    ProblemCode.CURRENCY: (
        Text("problem/currency/wrong", "{found} is not a currency code", ("found",)),
        Text("problem/currency/right", "write an ISO 4217 code, such as HKD"),
    ),
    ProblemCode.AMOUNT: (
        Text("problem/amount/wrong", "this is not an amount"),
        Text("problem/amount/right", "write it like 1234.50, without a currency sign"),
    ),
    ProblemCode.AMOUNT_AMBIGUOUS: (
        Text("problem/amount_ambiguous/wrong", "this amount can mean two, a thousand or a fraction"),
        Text(
            "problem/amount_ambiguous/right",
            "write a thousand without a mark, such as {thousand}",
            ("thousand",),
        ),
    ),
    ProblemCode.AMOUNT_FINE: (
        Text("problem/amount_fine/wrong", "this amount is finer than the smallest unit of its currency"),
        Text("problem/amount_fine/right", "write at most {digits} digits after the point", ("digits",)),
    ),
    ProblemCode.NEGATIVE: (
        Text("problem/negative/wrong", "this amount is below zero"),
        Text("problem/negative/right", "write it without a minus sign"),
    ),
    ProblemCode.DATE: (
        Text("problem/date/wrong", "this is not a date"),
        Text("problem/date/right", "write the date as 2026-11-24"),
    ),
    ProblemCode.DATE_AMBIGUOUS: (
        Text("problem/date_ambiguous/wrong", "{found} can be two dates", ("found",)),
        Text("problem/date_ambiguous/right", "write the date as {first} or as {second}", ("first", "second")),
    ),
    ProblemCode.DATE_FUTURE: (
        Text("problem/date_future/wrong", "{found} is in the future", ("found",)),
        Text("problem/date_future/right", "write a day that has passed; check the year"),
    ),
    ProblemCode.NUMBER: (
        Text("problem/number/wrong", "this is not a whole number"),
        Text("problem/number/right", "write it in digits, such as 3"),
    ),
    ProblemCode.FLAG: (
        Text("problem/flag/wrong", "this is neither yes nor no"),
        Text("problem/flag/right", "write yes or no, or leave it empty if not known"),
    ),
    ProblemCode.LATITUDE: (
        Text("problem/latitude/wrong", "this is not a latitude"),
        Text("problem/latitude/right", "write degrees from -90 to 90, such as 22.2855"),
    ),
    ProblemCode.LONGITUDE: (
        Text("problem/longitude/wrong", "this is not a longitude"),
        Text("problem/longitude/right", "write degrees from -180 to 180, such as 114.1577"),
    ),
    ProblemCode.PLACE_HALF: (
        Text("problem/place_half/wrong", "latitude and longitude belong together"),
        Text("problem/place_half/right", "fill in both or leave both empty"),
    ),
    ProblemCode.DUPLICATE: (
        Text("problem/duplicate/wrong", "row {first} has the same case_ref", ("first",)),
        Text("problem/duplicate/right", "keep one row for each case"),
    ),
    ProblemCode.DUPLICATE_PAYMENT: (
        Text("problem/duplicate_payment/wrong", "row {first} is the same payment", ("first",)),
        Text("problem/duplicate_payment/right", "give each payment a reference of its own, or keep one row"),
    ),
    ProblemCode.UNKNOWN_CASE: (
        Text("problem/unknown_case/wrong", "there is no case with this case_ref"),
        Text("problem/unknown_case/right", "check the reference, or import the case first"),
    ),
    ProblemCode.ERASED: (
        Text("problem/erased/wrong", "the case with this case_ref was erased"),
        Text("problem/erased/right", "take the row out of the file; a new matter needs a new case_ref"),
    ),
    ProblemCode.NOTHING: (
        Text("problem/nothing/wrong", "this payment is of nothing"),
        Text("problem/nothing/right", "write what was paid, more than 0, or take the row out"),
    ),
    ProblemCode.CELLS: (
        Text("problem/cells/wrong", "this row has cells outside of the named columns"),
        Text("problem/cells/right", "put a cell that holds the separator in quotes, or name its column"),
    ),
    ProblemCode.MERGED: (
        Text("problem/merged/wrong", "this cell is merged with others"),
        Text("problem/merged/right", "unmerge it and fill in every row by itself"),
    ),
    ProblemCode.FORMULA: (
        Text("problem/formula/wrong", "this cell holds a formula without a result"),
        Text(
            "problem/formula/right",
            "replace it by its value, or open and save the file in a spreadsheet program",
        ),
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
        return TEXTS[self.code][0].msgid.format_map(self.args)

    @property
    def right(self) -> str:
        """What would be right, in English."""
        return TEXTS[self.code][1].msgid.format_map(self.args)
