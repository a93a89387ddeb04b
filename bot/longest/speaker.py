"""Who says the longest words of one language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import date as Date  # noqa: N812 - the name is taken by the words
from decimal import Decimal
from functools import cached_property

from bot.casework.layouts import LONGEST
from bot.casework.money import LONGEST as DIGITS
from bot.i18n import formats
from bot.i18n.catalogues import Catalogues
from bot.library import Library
from bot.service.desk.invites import LONGEST_NAME
from bot.settings import LONGEST_CONTACT, LONGEST_CREDITOR
from flows.script import Text

CREDITOR, CONTACT, COLLEAGUE = "x" * LONGEST_CREDITOR, "x" * LONGEST_CONTACT, "x" * LONGEST_NAME
CASE_REF = "x" * LONGEST["case_ref"]
_AMOUNT = Decimal(10) ** DIGITS - 1  # whole units of any currency
_YEAR = [datetime(2028, 1, 1, tzinfo=UTC) + timedelta(days=number) for number in range(366)]


@dataclass(frozen=True)
class Speaker:
    """Finds the longest words in `locale`."""

    locale: str
    catalogues: Catalogues

    @property
    def library(self) -> Library:
        """What is released."""
        return Library("policy-default")

    def say(self, text: Text, **values: object) -> str:
        """Return a text with its placeholders filled in."""
        return self.catalogues.text(self.locale, text.context, text.msgid).format_map(values)

    def longest(self, texts: Iterable[Text], **values: object) -> str:
        """Return the longest of some texts."""
        return max((self.say(text, **values) for text in texts), key=len)

    @cached_property
    def currency(self) -> str:
        """The currency whose amounts take most room."""
        return max(formats.currencies(), key=lambda one: len(formats.amount(self.locale, _AMOUNT, one)))

    @property
    def minor(self) -> int:
        """The greatest amount that is taken in, in minor units."""
        return int(_AMOUNT.scaleb(formats.currency_digits(self.currency)))

    @cached_property
    def money(self) -> str:
        """The longest amount."""
        return formats.money(self.locale, self.minor, self.currency)

    @cached_property
    def date(self) -> str:
        """The longest date with its year."""
        return formats.date(self.locale, self.longest_day)

    @cached_property
    def longest_day(self) -> Date:
        """The day whose date is longest."""
        return max((one.date() for one in _YEAR), key=lambda one: len(formats.date(self.locale, one)))

    @cached_property
    def day(self) -> str:
        """The longest day with its weekday."""
        return max((formats.day(self.locale, "UTC", one) for one in _YEAR), key=len)

    @property
    def time(self) -> str:
        """The longest span within a day."""
        noon = _YEAR[0].replace(hour=12)
        return formats.span(self.locale, "UTC", noon, noon + timedelta(hours=10))


Words = Callable[[Speaker], str]
