"""A report as three pictures, in one language."""

from collections.abc import Mapping, Sequence

from bot.casework.evaluation import Effect, Measure, Recovered
from bot.documents.evaluation_pictures import (
    CostPicture,
    EffectPicture,
    FunnelPicture,
    MoneyRow,
    PairRow,
    cost_picture,
    effect_picture,
    funnel_picture,
)
from bot.i18n import formats
from bot.service.desk.evaluation import texts
from bot.service.desk.evaluation.appraisal import Appraisal
from bot.service.desk.evaluation.words import ReportWords

LINES = 2  # conclusions below a comparison; all of them are in the workbook
WENT_WRONG = (Measure.COMPLAINT, Measure.SAFETY, Measure.FALSE_ALARM)


def pictures(found: Appraisal, words: ReportWords) -> Mapping[str, bytes]:
    """Return the pictures as PNG, by name: how far cases came, what it changed, what it cost."""
    return {
        "funnel": funnel_picture(words.locale, _funnel(found, words)),
        "effect": effect_picture(words.locale, _effect(found, words)),
        "cost": cost_picture(words.locale, _cost(found, words)),
    }


def _funnel(found: Appraisal, words: ReportWords) -> FunnelPicture:
    steps = [words.row(texts.STEPS[step], rate) for step, rate in found.evaluation.funnel.items()]
    return FunnelPicture(
        heading=words.say(texts.FUNNEL),
        steps=steps,
        across=words.say(texts.FUNNEL_ACROSS),
        few=words.say(texts.FEW) if any(step.few for step in steps) else "",
    )


def _effect(found: Appraisal, words: ReportWords) -> EffectPicture:
    rates = found.evaluation.rates
    shown = [words.row(label, rates[one]) for one, label in texts.MEASURES.items() if one not in WENT_WRONG]
    return EffectPicture(
        heading=words.say(texts.RATES),
        rates=shown,
        across=words.across(shown),
        comparison=words.say(texts.COMPARED),
        pairs=[_pair(effect, words) for effect in found.evaluation.effects],
        treated=words.say(texts.TREATED),
        held_out=words.say(texts.HELD_OUT),
        says=words.not_compared(found),
    )


def _pair(effect: Effect, words: ReportWords) -> PairRow:
    return PairRow(
        label=words.kind(effect),
        treated=words.share("", effect.treated),
        held_out=words.share("", effect.held_out),
        says=list(words.conclusions(effect))[:LINES],
    )


def _cost(found: Appraisal, words: ReportWords) -> CostPicture:
    rates = found.evaluation.rates
    shown = [words.row(texts.MEASURES[one], rates[one]) for one in WENT_WRONG]
    return CostPicture(
        heading=words.say(texts.COST_HEADING),
        money=_money(found.evaluation.recovered, words),
        nothing=words.say(texts.NO_MONEY),
        safety=words.say(texts.SAFETY),
        rates=shown,
        across=words.across(shown),
    )


def _money(rows: Sequence[Recovered], words: ReportWords) -> list[MoneyRow]:
    def major(row: Recovered, minor: int) -> float:
        return float(minor / 10 ** formats.currency_digits(row.currency))

    return [
        MoneyRow(
            label=row.currency,
            amount=major(row, row.amount),
            written=words.say(texts.RECOVERED, amount=formats.money(words.locale, row.amount, row.currency)),
            cost=None if row.cost is None else major(row, row.cost),
            cost_written=words.say(texts.COST, amount=words.cost(row)),
        )
        for row in rows
    ]
