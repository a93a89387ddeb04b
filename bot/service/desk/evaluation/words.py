"""A report in words, in one language: labels, shares as they are written, and what a comparison says."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import ceil, floor, isfinite

from bot.casework.evaluation import Effect, Finding, Recovered, Trial, Worth
from bot.casework.evaluation.effect import KIND, Gain
from bot.casework.rates import Rate
from bot.casework.risk import View
from bot.documents.share_row import ShareRow
from bot.i18n import formats
from bot.service.desk.evaluation import texts
from bot.service.desk.evaluation.appraisal import Appraisal
from bot.service.installation import Installation
from flows.script import Text


class ReportWords:
    """Says what a report says, in one language."""

    def __init__(self, inst: Installation, locale: str) -> None:
        self._inst = inst
        self.locale = locale
        self._grades = {one.id: one.label for one in inst.library.risk.cards[View.PAYMENT].grades}

    def say(self, text: Text, **values: object) -> str:
        """Return a text with its placeholders filled in."""
        words = self._inst.catalogues.text(self.locale, text.context, text.msgid)
        return words.format_map(values) if text.names else words

    def heading(self, found: Appraisal) -> str:
        """Return which cases it is about, and as of when."""
        days = {name: self.day(getattr(found, name)) for name in ("first", "last", "today")}
        return self.say(texts.HEADING, **days)

    def day(self, day: date) -> str:
        """Return a day as it is written."""
        return formats.date(self.locale, day)

    def row(self, label: Text, rate: Rate) -> ShareRow:
        """Return a rate as a row of a picture."""
        return self.share(self.say(label), rate)

    def share(self, label: str, rate: Rate) -> ShareRow:
        """Return a rate under a label as a row of a picture."""
        count = f"{self.number(rate.hits)} / {self.number(rate.cases)}"
        return ShareRow(label, rate.share, *rate.interval, count, few=rate.few)

    def line(self, label: Text, rate: Rate) -> str:
        """Return a rate as a line: its share, its interval, how many, and whether that is few."""
        if rate.share is None:
            return self.say(texts.LINE_NOTHING, label=self.say(label))
        share, low, high = (f"{end:.0%}" for end in (rate.share, *rate.interval))
        text = texts.LINE_FEW if rate.few else texts.LINE
        counted = {"hits": self.number(rate.hits), "cases": self.number(rate.cases)}
        return self.say(text, label=self.say(label), share=share, low=low, high=high, **counted)

    def across(self, rows: Sequence[ShareRow]) -> str:
        """Return what stands below shares: what their intervals are, and what a dashed one means."""
        few = [texts.FEW] if any(row.few and row.share is not None for row in rows) else []
        return " · ".join(self.say(text) for text in (texts.RATES_ACROSS, *few))

    def cost(self, row: Recovered) -> str:
        """Return what visits cost; that nobody has set it, where it is so."""
        if row.cost is None:
            return self.say(texts.COST_UNKNOWN)
        return formats.money(self.locale, row.cost, row.currency)

    def number(self, value: int) -> str:
        """Return a number as it is written."""
        return formats.number(self.locale, value)

    def money(self, minor: float, currency: str) -> str:
        """Return an amount, rounded to whole units: more would look surer than it is."""
        digits = formats.currency_digits(currency)
        return formats.amount(self.locale, Decimal(round(minor / 10**digits)), currency)

    def kind(self, effect: Effect) -> str:
        """Return what is compared."""
        trial = self.say(texts.TRIALS[effect.trial])
        if not effect.kind:
            return self.say(texts.ALL_KINDS, trial=trial)
        return self.say(texts.ONE_KIND, trial=trial, kind=self.value(KIND, effect.kind))

    def value(self, column: str, value: str) -> str:
        """Return the value of a slice: a grade by its label, the others as they are."""
        label = self._grades.get(value) if column == KIND else None
        return self.say(label) if label is not None else value

    def conclusions(self, effect: Effect) -> Iterator[str]:
        """Yield what a comparison says: of the difference, then of each currency."""
        yield self._finding(effect)
        for gain in effect.gains:
            if not (gain.worth is Worth.TOO_FEW and effect.finding is Finding.TOO_FEW):
                yield self._worth(gain)

    def _finding(self, effect: Effect) -> str:
        if effect.finding is Finding.TOO_FEW:
            return self.say(texts.TOO_FEW)
        low, high = effect.difference
        ends = {
            Finding.MORE: (low, high),
            Finding.LESS: (-high, -low),
            Finding.NOT_SEEN: (-low, high),
        }[effect.finding]
        least, most = max(0, floor(ends[0] * 100)), ceil(ends[1] * 100)
        if effect.finding is Finding.NOT_SEEN:
            least = ceil(ends[0] * 100)
        return self.say(texts.FINDINGS[effect.trial, effect.finding], low=least, high=most)

    def _worth(self, gain: Gain) -> str:
        low, high = (end if isfinite(end) else 0.0 for end in gain.interval)
        ends = {
            Worth.DOES_NOT_PAY: (-high, -low),
            Worth.NOT_SEEN: (-low, high),
        }.get(gain.worth, (low, high))
        written = [self.money(end, gain.currency) for end in ends]
        return self.say(texts.WORTH[gain.worth], low=written[0], high=written[1], currency=gain.currency)

    def not_compared(self, found: Appraisal) -> str:
        """Return why nothing is compared, and how it could be."""
        lines = [self.say(texts.NOT_COMPARED)]
        return " ".join(lines if found.held_out else [*lines, self.say(texts.HOLD_OUT_OFF)])

    def comparisons(self, found: Appraisal) -> Iterator[str]:
        """Yield every comparison with what it says a line each, or why there is none."""
        for effect in found.evaluation.effects:
            yield self.kind(effect)
            yield from (f"– {line}" for line in self.conclusions(effect))
        if not any(effect.trial is Trial.VISIT for effect in found.evaluation.effects):
            yield self.not_compared(found)
