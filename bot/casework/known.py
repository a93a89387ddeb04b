"""What the cells of a case file are checked against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.casework.headings import Headings


@dataclass(frozen=True, slots=True)
class Known:
    """The places with rules, the tz database's names, the currencies with their digits, today, what columns are called.

    `jurisdictions` are names of rule packs, `currencies` map ISO 4217 codes to the digits after the point,
    and `today` is the day after which nothing can have fallen due.
    """

    jurisdictions: frozenset[str]
    timezones: frozenset[str]
    currencies: Mapping[str, int]
    today: date
    headings: Headings


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What a cell is read by, of its own row: the country (ISO 3166 or empty), the currency's digits."""

    known: Known
    region: str
    digits: int
