"""Reading one cell: text in, a typed value out, or `CellRefused` with the code of what is wrong."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

import phonenumbers

from bot.casework.days import DayAmbiguous, parse_day
from bot.casework.known import RowFacts
from bot.casework.money import AmountFault, AmountRefused, parse_amount
from bot.casework.problems import ProblemCode

T = TypeVar("T")
Read = Callable[[str, RowFacts], T]

_SHORTEST_PHONE = 7  # national digits; shorter ones are emergency and service numbers
_YES = frozenset({"yes", "y", "true", "1", "是"})
_NO = frozenset({"no", "n", "false", "0", "否"})
_LANGUAGES: Mapping[str, str] = {
    "en": "en",
    "zh": "zh_Hans",
    "zh_hans": "zh_Hans",
    "zh_hant": "zh_Hant",
    "zh_tw": "zh_Hant",
    "zh_hk": "zh_Hant",
    "zh_mo": "zh_Hant",
}
_FAULTS: Mapping[AmountFault, ProblemCode] = {
    AmountFault.FORM: ProblemCode.AMOUNT,
    AmountFault.AMBIGUOUS: ProblemCode.AMOUNT_AMBIGUOUS,
    AmountFault.TOO_FINE: ProblemCode.AMOUNT_FINE,
    AmountFault.NEGATIVE: ProblemCode.NEGATIVE,
}
_CONTROL = {code: None for code in range(32) if chr(code) not in "\n\t"} | {127: None}


class CellRefused(ValueError):  # noqa: N818
    """This cell cannot be taken; `details` fill the placeholders of the problem's text."""

    def __init__(self, code: ProblemCode, **details: str) -> None:
        self.code = code
        self.details = details
        super().__init__(code)


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip()


def text(limit: int) -> Read[str]:
    """Return a reader of texts of at most `limit` characters, without control characters."""

    def read(cell: str, _facts: RowFacts) -> str:
        if len(cell) > limit:
            raise CellRefused(ProblemCode.TOO_LONG, limit=str(limit))
        return cell.translate(_CONTROL)

    return read


def phone(cell: str, facts: RowFacts) -> str:
    """Return a telephone number as E.164; one without a country code is read as of the row's country.

    It must have the length of a number of its country. Whether its block is in use is not asked, since
    numbering plans change faster than this machine is updated.
    """
    try:
        number = phonenumbers.parse(_plain(cell), facts.region or None)
    except phonenumbers.NumberParseException:
        raise CellRefused(ProblemCode.PHONE) from None
    national = phonenumbers.national_significant_number(number)
    if not phonenumbers.is_possible_number(number) or len(national) < _SHORTEST_PHONE or number.extension:
        raise CellRefused(ProblemCode.PHONE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def last4(cell: str, _facts: RowFacts) -> str:
    """Return the last four characters of an id number: digits or X."""
    plain = _plain(cell).upper()
    if not re.fullmatch(r"[0-9X]{4}", plain):
        raise CellRefused(ProblemCode.LAST4)
    return plain


def language(cell: str, _facts: RowFacts) -> str:
    """Return `en`, `zh_Hans` or `zh_Hant` for a language tag such as en-GB, zh-CN or zh-Hant-TW."""
    subtags = _plain(cell).replace("-", "_").casefold().split("_")
    found = _LANGUAGES.get("_".join(subtags[:2])) or _LANGUAGES.get(subtags[0])
    if found is None:
        raise CellRefused(ProblemCode.LANGUAGE, found=cell)
    return found


def jurisdiction(cell: str, facts: RowFacts) -> str:
    """Return the name of a place that there are rules for."""
    place = _plain(cell).replace("_", "-").casefold()
    known = facts.known.jurisdictions
    found = next((name for name in known if name.casefold() == place), None)
    if found is None:
        raise CellRefused(ProblemCode.JURISDICTION, found=cell, known=", ".join(sorted(known)))
    return found


def timezone(cell: str, facts: RowFacts) -> str:
    """Return a name of the tz database, in its own spelling."""
    plain = _plain(cell)
    if plain in facts.known.timezones:
        return plain
    wanted = plain.replace(" ", "_").casefold()
    found = next((name for name in facts.known.timezones if name.casefold() == wanted), None)
    if found is None:
        raise CellRefused(ProblemCode.TIMEZONE, found=cell)
    return found


def currency(cell: str, facts: RowFacts) -> str:
    """Return an ISO 4217 code."""
    code = _plain(cell).upper()
    if code not in facts.known.currencies:
        raise CellRefused(ProblemCode.CURRENCY, found=cell)
    return code


def amount(cell: str, facts: RowFacts) -> int:
    """Return an amount in minor units of the row's currency, not below zero."""
    return minor_units(cell, facts.digits)


def minor_units(cell: str, digits: int) -> int:
    """Return an amount in minor units of a currency with `digits` after the point, not below zero."""
    try:
        return parse_amount(cell, digits)
    except AmountRefused as refused:
        shape = {"digits": str(digits), "thousand": f"{1234:.{digits}f}"}
        raise CellRefused(_FAULTS[refused.fault], **shape) from None


def day(cell: str, _facts: RowFacts) -> date:
    """Return a calendar date that the text can only mean."""
    try:
        return parse_day(cell)
    except DayAmbiguous as two:
        choice = {"first": two.first.isoformat(), "second": two.second.isoformat()}
        raise CellRefused(ProblemCode.DATE_AMBIGUOUS, found=cell, **choice) from None
    except ValueError:
        raise CellRefused(ProblemCode.DATE) from None


def past_day(cell: str, facts: RowFacts) -> date:
    """Return a date that is not in the future."""
    found = day(cell, facts)
    if found > facts.known.today:
        raise CellRefused(ProblemCode.DATE_FUTURE, found=found.isoformat())
    return found


def number(cell: str, _facts: RowFacts) -> int:
    """Return a whole number, not below zero."""
    plain = _plain(cell)
    if not re.fullmatch(r"\d{1,9}", plain):
        raise CellRefused(ProblemCode.NUMBER)
    return int(plain)


def flag(cell: str, _facts: RowFacts) -> bool:
    """Return whether the cell says yes."""
    plain = _plain(cell).casefold()
    if plain not in _YES | _NO:
        raise CellRefused(ProblemCode.FLAG)
    return plain in _YES


def degrees(limit: int, code: ProblemCode) -> Read[float]:
    """Return a reader of degrees from -limit to limit."""

    def read(cell: str, _facts: RowFacts) -> float:
        plain = _plain(cell)
        if not re.fullmatch(r"[-+]?\d{1,3}(?:\.\d{1,15})?", plain) or abs(float(plain)) > limit:
            raise CellRefused(code)
        return float(plain)

    return read
