"""Amounts of money: exact, as whole minor units inside, read in the ways in which people write them."""

import re
import unicodedata
from decimal import Context, Decimal, Inexact
from enum import StrEnum

_SPACES = re.compile(r"[\s\u2009\u202f\u00a0]")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})
LONGEST = 15  # digits before the point: what fits a 64-bit column with three digits behind it
_EXACT = Context(prec=40, traps=[Inexact])
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<whole>\d{1,3}(?:,\d{3})+)(?:\.(?P<part>\d{1,6}))?",
        r"(?P<whole>\d{1,3}(?:\.\d{3}){2,})(?:,(?P<part>\d{1,6}))?",
        r"(?P<whole>\d{1,3}(?:\.\d{3})+),(?P<part>\d{1,6})",
        r"(?P<whole>\d{1,3}(?:[ ']\d{3})+)(?:[.,](?P<part>\d{1,6}))?",
        r"(?P<whole>\d{1,2}(?:,\d{2})+,\d{3})(?:\.(?P<part>\d{1,6}))?",  # lakh and crore
        r"(?P<whole>\d+)(?:[.,](?P<part>\d{1,6}))?",  # last: 1,234 is a group first
    )
)
_THREE = 3  # currencies such as the Kuwaiti dinar
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}(?P<mark>[.,])\d{3}")


class AmountFault(StrEnum):
    """Why a text is not taken as an amount."""

    FORM = "form"
    AMBIGUOUS = "ambiguous"
    TOO_FINE = "too_fine"
    NEGATIVE = "negative"


class AmountRefused(ValueError):  # noqa: N818
    """A text that is not one amount of this currency."""

    def __init__(self, fault: AmountFault) -> None:
        self.fault = fault
        super().__init__(fault)


def to_minor(amount: Decimal, digits: int) -> int:
    """Return whole minor units of a currency with `digits` after the point.

    Raises `AmountRefused` (a ValueError) for an amount finer than the smallest unit, for one that is not
    finite, and from 10 to the 15th on. Nothing is ever rounded.
    """
    if not amount.is_finite() or amount.adjusted() >= LONGEST:
        raise AmountRefused(AmountFault.FORM)
    try:
        minor = amount.scaleb(digits, _EXACT)
    except Inexact:
        raise AmountRefused(AmountFault.TOO_FINE) from None
    if minor != minor.to_integral_value():
        raise AmountRefused(AmountFault.TOO_FINE)
    return int(minor)


def coins_of(named: object, digits: int) -> int:
    """Return a named amount in minor units; nothing for one that the currency has no coins for."""
    try:
        return to_minor(Decimal(str(named)), digits)
    except AmountRefused:
        return 0


def to_major(minor: int, digits: int) -> Decimal:
    """Return minor units as an amount with exactly `digits` after the point."""
    return Decimal(minor).scaleb(-digits)


def parse_amount(text: str, digits: int) -> int:
    """Read an amount of a currency with `digits` after the point, as minor units, not below zero.

    Taken are 1234.5, 1,234.56, 1.234,56, 1 234,56, 1'234.56, 1,23,456.78 and full-width digits. A lone
    group of three is read only where it can mean one thing: `1,234` is a thousand (unless the currency has
    three digits), `1.234` a fraction of a currency with three digits and otherwise ambiguous.
    Raises `AmountRefused`.
    """
    plain = _SPACES.sub(" ", unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)).strip()
    if re.match(r"[-\u2212]\s?\d", plain):
        raise AmountRefused(AmountFault.NEGATIVE)
    group = _ONE_GROUP.fullmatch(plain)
    if group is not None and (group["mark"] == ",") == (digits == _THREE):
        raise AmountRefused(AmountFault.AMBIGUOUS)
    found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    whole = re.sub(r"\D", "", found["whole"]) if found else ""
    if found is None or len(whole) > LONGEST:
        raise AmountRefused(AmountFault.FORM)
    return to_minor(Decimal(f"{whole}.{found['part'] or 0}"), digits)
