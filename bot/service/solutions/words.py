"""Plans and agreements in a reader's words."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, Protocol

from bot.casework.affordability import Affordability, Reckoning, burden
from bot.i18n import formats
from bot.i18n.catalogues import Catalogues
from bot.library import Library
from bot.service.desk.cases.casefile import CaseFile
from bot.service.solutions import texts
from bot.service.solutions.offers import Offers
from bot.service.solutions.terms import Terms, of_plan
from flows.script import Text


def last_day(locale: str, case: CaseFile, agreement: Any) -> str:
    """Return the last day on which an agreement can be taken back."""
    return formats.day(locale, case.timezone, agreement.take_back_until - timedelta(minutes=1))


class Voice(Protocol):
    """What words are made of; an `Installation` is one."""

    @property
    def catalogues(self) -> Catalogues:
        """The texts."""

    @property
    def library(self) -> Library:
        """The statement among other things."""


class Words:
    """Speaks of money in one language and currency; nothing is escaped."""

    def __init__(self, inst: Voice, locale: str, currency: str) -> None:
        self._inst = inst
        self._locale = locale
        self._currency = currency

    def say(self, text: Text, **values: object) -> str:
        """Return one of our own texts."""
        return self._inst.catalogues.text(self._locale, text.context, text.msgid).format_map(values)

    def label(self, text: Text) -> str:
        """Return a text of a product; a lender's own without a translation as it is written."""
        return self._inst.catalogues.lookup(self._locale, text.context, text.msgid) or text.msgid

    def money(self, minor: int) -> str:
        """Return an amount."""
        return formats.money(self._locale, minor, self._currency)

    def instalments(self, terms: Terms) -> str:
        """Return what is paid how often."""
        amounts = [amount for _, amount in terms.rows]
        first, last = self.money(amounts[0]), self.money(amounts[-1])
        count = formats.number(self._locale, len(amounts))
        if len(amounts) == 1:
            return self.say(texts.ONCE, amount=first)
        if len(set(amounts)) == 1:
            return self.say(texts.ALL_EVEN, count=count, amount=first)
        text = texts.EVEN if len(set(amounts[:-1])) == 1 else texts.UNEVEN
        return self.say(text, count=count, amount=first, last=last)

    def span(self, terms: Terms) -> str:
        """Return from when to when."""
        first, last = (formats.date(self._locale, terms.rows[place][0]) for place in (0, -1))
        return self.say(texts.SPAN if len(terms.rows) > 1 else texts.ON, first_day=first, last_day=last)

    def sums(self, terms: Terms) -> Iterator[str]:
        """Yield what it comes to, and what is in it."""
        yield self.say(texts.IN_ALL, total=self.money(terms.total))
        if terms.cost:
            yearly = formats.number(self._locale, Decimal(terms.yearly))
            yield self.say(texts.COSTS, cost=self.money(terms.cost), yearly=yearly)
        if terms.running:
            yield self.say(texts.RUNNING, running=self.money(terms.running))
        if terms.waived:
            yield self.say(texts.WAIVED, waived=self.money(terms.waived))

    def lines(self, terms: Terms) -> str:
        """Return the terms, a line each."""
        parts = [self.instalments(terms), self.span(terms), *self.sums(terms)]
        promise = [self.label(terms.promise)] if terms.promise is not None else []
        return "\n".join([self.label(terms.label), *(f"· {part}" for part in parts + promise)])

    def side_by_side(self, offers: Offers) -> str:
        """Return the plans beside each other, by letter."""
        return "\n\n".join(f"{letter}  {self.lines(of_plan(plan))}" for letter, plan in offers.plans.items())

    def schedule(self, terms: Terms) -> str:
        """Return every instalment, a line each."""
        rows = enumerate(terms.rows, 1)
        return "\n".join(
            self.say(texts.ROW, number=number, day=formats.date(self._locale, day), amount=self.money(amount))
            for number, (day, amount) in rows
        )

    def reckoning(self, found: Affordability, labels: Mapping[Reckoning, Text]) -> str:
        """Return the way from income to what can be paid, and what was not told."""
        steps = [f"{self.say(labels[line.step])} {self.money(line.amount)}" for line in found.lines]
        if found.missing:
            missing = ", ".join(self.say(one.label) for one in found.missing)
            steps.append(self.say(texts.MISSING, missing=missing))
        return "\n".join(f"· {step}" for step in steps)

    def weight(self, offers: Offers) -> str:
        """Return how heavy all debts together would be, where the income is known; else nothing."""
        grade = burden(self._inst.library.statement, offers.told, offers.monthly)
        return self.say(texts.BURDEN[grade]) if grade is not None else ""
