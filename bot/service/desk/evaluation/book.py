"""A report as a workbook: every figure in a cell of its own, so that it can be worked with."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from bot.casework.evaluation import Effect
from bot.casework.rates import Rate
from bot.documents.workbook_out import Cell, Percent, Sheet, workbook
from bot.i18n import formats
from bot.service.desk.evaluation import texts
from bot.service.desk.evaluation.appraisal import Appraisal
from bot.service.desk.evaluation.words import ReportWords
from flows.rules import RuleRef

_RATE = ("hits", "of", "share", "low", "high", "few")


def book(found: Appraisal, words: ReportWords, title_of: Callable[[RuleRef, str], str]) -> bytes:
    """Return the workbook. `title_of` says what a rule says, by its name and its own title."""
    tables: Mapping[str, tuple[Sequence[str], Iterator[Sequence[Cell]]]] = {
        "funnel": (("step", *_RATE), _funnel(found, words)),
        "rates": (("rate", *_RATE), _rates(found, words)),
        "slices": (("column", "value", "cases", "rate", *_RATE), _slices(found, words)),
        "effects": (
            ("trial", "treated", "of", "share", "held_out", "of", "share", "low", "high", "says"),
            (_effect(one, words) for one in found.evaluation.effects),
        ),
        "money": (("currency", "cases", "visits", "recovered", "cost"), _money(found)),
        "refusals": (
            ("rule", "title", "refused", "waited"),
            (
                (one.rule, title_of(RuleRef.read(one.rule), one.title), one.refused, one.waited)
                for one in found.refusals
            ),
        ),
    }
    return workbook(
        Sheet(words.say(texts.SHEETS[name]), [words.say(texts.HEADERS[one]) for one in header], rows)
        for name, (header, rows) in tables.items()
    )


def _cells(rate: Rate, words: ReportWords) -> Sequence[Cell]:
    low, high = rate.interval
    share = None if rate.share is None else Percent(rate.share)
    few = words.say(texts.IS_FEW) if rate.few else ""
    return (rate.hits, rate.cases, share, Percent(low), Percent(high), few)


def _funnel(found: Appraisal, words: ReportWords) -> Iterator[Sequence[Cell]]:
    for step, rate in found.evaluation.funnel.items():
        yield (words.say(texts.STEPS[step]), *_cells(rate, words))


def _rates(found: Appraisal, words: ReportWords) -> Iterator[Sequence[Cell]]:
    for measure, rate in found.evaluation.rates.items():
        yield (words.say(texts.MEASURES[measure]), *_cells(rate, words))


def _slices(found: Appraisal, words: ReportWords) -> Iterator[Sequence[Cell]]:
    for one in found.evaluation.slices:
        column, value = words.say(texts.COLUMNS[one.column]), words.value(one.column, one.value)
        for measure, rate in one.rates.items():
            yield (column, value, one.cases, words.say(texts.MEASURES[measure]), *_cells(rate, words))


def _effect(effect: Effect, words: ReportWords) -> Sequence[Cell]:
    groups: list[Cell] = []
    for rate in (effect.treated, effect.held_out):
        groups += [rate.hits, rate.cases, None if rate.share is None else Percent(rate.share)]
    span = (Percent(effect.difference.low), Percent(effect.difference.high))
    return (words.kind(effect), *groups, *span, " ".join(words.conclusions(effect)))


def _money(found: Appraisal) -> Iterator[Sequence[Cell]]:
    for one in found.evaluation.recovered:
        amounts = (
            None if minor is None else Decimal(formats.major(minor, one.currency))
            for minor in (one.amount, one.cost)
        )
        yield (one.currency, one.cases, one.visits, *amounts)
