"""A backtest read, said and drawn: what the scorecards would have said of past cases, and what came of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import library
from bot.casework.rates import Rate
from bot.casework.risk.backtest import Slice, ViewBacktest, backtest
from bot.casework.risk.discrimination import Area
from bot.casework.risk.past import Fault, PastCase, read_past
from bot.documents.risk_chart import ViewChart, draw
from bot.documents.share_row import ShareRow
from bot.documents.tables import read_table
from bot.i18n.catalogues import Catalogues
from bot.i18n.text import T
from flows.script import Text

AREA = T("risk/chart_area", "AUC {area}, 95%: {low} to {high}")
AREA_ALONE = T("risk/chart_area_alone", "AUC {area}, too few for an interval")
NO_AREA = T("risk/chart_no_area", "too few cases for a curve")
RIGHTLY = T("risk/chart_rightly", "warned of, and it came true")
WRONGLY = T("risk/chart_wrongly", "warned of, and it did not come true")
RATES = T("risk/chart_rates", "how often it came true, with 95% intervals: {outcome}")
FEW = "  few"


@dataclass(frozen=True, slots=True)
class Held:
    """What a history came to: how many cases counted, what was wrong with the other rows, how each view did."""

    cases: int
    faults: Sequence[Fault]
    views: Sequence[ViewBacktest]


def hold_against(file: Path) -> Held:
    """Read a history and hold the released scorecards against it. Raises `FileRefused` for what is no table."""
    model = library.risk()
    found = list(read_past(read_table(file), model))
    cases = [one for one in found if isinstance(one, PastCase)]
    return Held(len(cases), [one for one in found if isinstance(one, Fault)], backtest(model, cases))


def lines(view: ViewBacktest) -> Iterator[str]:
    """Yield what came of one scorecard, in English, as a table."""
    card = view.card
    yield f"{card.title.msgid} ({card.view} v{card.version}): {card.outcome.say.msgid}"
    yield f"  {'':<42}{_header('cases', 'came true', '95 %')}"
    yield f"  {'all':<42}{_rate(view.concern)}"
    for grade, rate in view.grades:
        yield f"  {grade.label.msgid:<42}{_rate(rate)}"
    yield f"  AUC {_area(view.area)}"
    yield f"  The rate {'rises' if view.rising else 'DOES NOT RISE'} with the grade."
    if view.slices:
        yield f"  {'':<42}{_header('cases', 'came true', '95 %')}  {_header('', 'gravest', '95 %')}  AUC"
        yield from (f"  {_slice(one)}" for one in view.slices)


def _header(cases: str, share: str, interval: str) -> str:
    return f"{cases:>7}{share:>11}  {interval:<12}"


def _rate(rate: Rate) -> str:
    share = "–" if rate.share is None else f"{rate.share:.1%}"
    span = f"{rate.interval.low:.1%}–{rate.interval.high:.1%}"
    return f"{rate.cases:>7}{share:>11}  {span:<12}{FEW if rate.few else ''}"


def _slice(one: Slice) -> str:
    name = f"{one.column}: {one.value}"
    flagged = "–" if one.flagged.share is None else f"{one.flagged.share:.1%}"
    span = f"{one.flagged.interval.low:.1%}–{one.flagged.interval.high:.1%}"
    return f"{name:<42}{_rate(one.concern)}  {flagged:>18}  {span:<12}  {_area(one.area)}"


def _area(area: Area | None) -> str:
    if area is None:
        return "– (one of the two outcomes is missing)"
    if area.interval is None:
        return f"{area.area:.3f} (too few for an interval)"
    return f"{area.area:.3f} (95 %: {area.interval.low:.3f} to {area.interval.high:.3f})"


def picture(views: Sequence[ViewBacktest], locale: str, catalogues: Catalogues) -> bytes:
    """Return the chart as PNG, in one language."""

    def say(text: Text, **values: object) -> str:
        words = catalogues.text(locale, text.context, text.msgid)
        return words.format_map(values) if text.names else words

    def area(found: Area | None) -> str:
        if found is None:
            return say(NO_AREA)
        if found.interval is None:
            return say(AREA_ALONE, area=f"{found.area:.2f}")
        low, high = (f"{end:.2f}" for end in found.interval)
        return say(AREA, area=f"{found.area:.2f}", low=low, high=high)

    return draw(
        locale,
        [
            ViewChart(
                title=say(view.card.title),
                area=area(view.area),
                curve=view.curve,
                wrongly=say(WRONGLY),
                rightly=say(RIGHTLY),
                rates=say(RATES, outcome=say(view.card.outcome.say)),
                grades=[
                    ShareRow(say(grade.label), rate.share, *rate.interval, f"{rate.hits} / {rate.cases}")
                    for grade, rate in view.grades
                ],
            )
            for view in views
        ],
    )
