"""A report as data with stable names, for scripts; and as lines in English, for the command line."""

from collections.abc import Iterator
from math import isfinite
from typing import Any

from bot.casework.evaluation import Effect, Measure
from bot.casework.evaluation.effect import Gain
from bot.casework.intervals import Interval
from bot.casework.rates import Rate
from bot.i18n import formats
from bot.service.desk.evaluation import texts
from bot.service.desk.evaluation.appraisal import Appraisal
from bot.service.desk.evaluation.words import ReportWords

IN_SHORT = (Measure.AGREEMENT, Measure.FIRST_KEPT, Measure.COMPLAINT, Measure.SAFETY)  # said of each slice


def report_row(found: Appraisal, words: ReportWords) -> dict[str, Any]:
    """Return everything that a report says. Shares are from 0 to 1, amounts decimal numbers as text."""
    evaluation = found.evaluation
    return {
        "from": found.first,
        "to": found.last,
        "as_of": found.today,
        "cases": evaluation.cases,
        "funnel": {str(step): _rate(rate) for step, rate in evaluation.funnel.items()},
        "rates": {str(measure): _rate(rate) for measure, rate in evaluation.rates.items()},
        "slices": [
            {
                "column": one.column,
                "value": one.value,
                "cases": one.cases,
                "rates": {str(measure): _rate(rate) for measure, rate in one.rates.items()},
            }
            for one in evaluation.slices
        ],
        "effects": [_effect(one, words) for one in evaluation.effects],
        "recovered": [
            {
                "currency": one.currency,
                "cases": one.cases,
                "visits": one.visits,
                "amount": formats.major(one.amount, one.currency),
                "cost": None if one.cost is None else formats.major(one.cost, one.currency),
            }
            for one in evaluation.recovered
        ],
        "alarms": found.alarms.as_row(),
        "refusals": [
            {"rule": one.rule, "title": one.title, "refused": one.refused, "waited": one.waited}
            for one in found.refusals
        ],
    }


def _rate(rate: Rate) -> dict[str, Any]:
    named = {"hits": rate.hits, "of": rate.cases, "share": _short(rate.share), "few": rate.few}
    return named | _interval(rate.interval)


def _interval(interval: Interval) -> dict[str, float | None]:
    return {"low": _short(interval.low), "high": _short(interval.high)}


def _short(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _effect(effect: Effect, words: ReportWords) -> dict[str, Any]:
    return {
        "trial": str(effect.trial),
        "kind": effect.kind,
        "treated": _rate(effect.treated),
        "held_out": _rate(effect.held_out),
        "difference": _interval(effect.difference),
        "finding": str(effect.finding),
        "gains": [_gain(one) for one in effect.gains],
        "says": list(words.conclusions(effect)),
    }


def _gain(gain: Gain) -> dict[str, Any]:
    def major(minor: float) -> str | None:
        return formats.major(round(minor), gain.currency) if isfinite(minor) else None

    return {
        "currency": gain.currency,
        "treated": gain.treated,
        "held_out": gain.held_out,
        "mean": major(gain.mean),
        "low": major(gain.interval.low),
        "high": major(gain.interval.high),
        "worth": str(gain.worth),
    }


def lines(found: Appraisal, words: ReportWords) -> Iterator[str]:
    """Yield the report for a reader: the funnel, the rates, what was compared, the money, alarms and refusals."""
    yield words.heading(found)
    yield ""
    for step, rate in found.evaluation.funnel.items():
        yield words.line(texts.STEPS[step], rate)
    yield ""
    for measure, rate in found.evaluation.rates.items():
        yield words.line(texts.MEASURES[measure], rate)
    yield ""
    yield from summary_of_slices(found, words)
    yield from words.comparisons(found)
    yield from summary_of_money(found, words)
    yield ""
    yield from summary_of_rules(found, words)


def summary_of_slices(found: Appraisal, words: ReportWords) -> Iterator[str]:
    """Yield what matters most of each team, area, grade and version of the script; the workbook has the rest."""
    for one in found.evaluation.slices:
        column, value = words.say(texts.COLUMNS[one.column]), words.value(one.column, one.value)
        yield words.say(texts.SLICE, column=column, value=value, cases=words.number(one.cases))
        for measure in IN_SHORT:
            if one.rates[measure].cases:
                yield f"  {words.line(texts.MEASURES[measure], one.rates[measure])}"
        yield ""


def summary_of_money(found: Appraisal, words: ReportWords) -> Iterator[str]:
    """Yield a line a currency: what was paid since the first visit, and what the visits cost."""
    for one in found.evaluation.recovered:
        amount = formats.money(words.locale, one.amount, one.currency)
        yield words.say(texts.MONEY, amount=amount, cost=words.cost(one), visits=words.number(one.visits))


def summary_of_rules(found: Appraisal, words: ReportWords) -> Iterator[str]:
    """Yield how many alarms there were, and how often the rules said no."""
    alarms = found.alarms
    yield words.say(
        texts.ALARMS,
        count=alarms.count,
        false=alarms.false_alarm,
        real=alarms.real,
        unjudged=alarms.unjudged,
    )
    refused, waited = (sum(getattr(one, name) for one in found.refusals) for name in ("refused", "waited"))
    yield words.say(texts.REFUSALS, refused=words.number(refused), waited=words.number(waited))
