"""An evaluation as three pictures: how far cases came, what it changed, and what it cost. Words come from the caller.

Nothing is told by colour alone: bars differ by hatching, groups by the shape of their points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bot.documents.plotting import DPI, FAINT, FIXED, GRID, INK, PROPOSED, Face, blank, png
from bot.documents.share_row import ShareRow
from bot.documents.shares import draw_share, draw_shares, label_shares

_WIDTH = 10.0  # inches
_ROW = 0.36  # inches of a row
_ENDS = (0.04, 0.1, 0.2, 0.4, 1.0)
_ALWAYS = "0123456789%.,–/ "


@dataclass(frozen=True, slots=True)
class FunnelPicture:
    """`few`: what a hatched bar means, empty where there is none."""

    heading: str
    steps: Sequence[ShareRow]
    across: str
    few: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """The same share in two groups, and below, a line each, what is to be concluded: two at most."""

    label: str
    treated: ShareRow
    held_out: ShareRow
    says: Sequence[str]


@dataclass(frozen=True, slots=True)
class EffectPicture:
    """Rates above, comparisons below; `says` stands there where nothing is compared."""

    heading: str
    rates: Sequence[ShareRow]
    across: str
    comparison: str
    pairs: Sequence[PairRow]
    treated: str
    held_out: str
    says: str


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One currency: amounts in major units for the length of the bars, and as they are written. No cost: not known."""

    label: str
    amount: float
    written: str
    cost: float | None
    cost_written: str


@dataclass(frozen=True, slots=True)
class CostPicture:
    """Money above (`nothing` is said where there is none), complaints and alarms below."""

    heading: str
    money: Sequence[MoneyRow]
    nothing: str
    safety: str
    rates: Sequence[ShareRow]
    across: str


def funnel_picture(locale: str, picture: FunnelPicture) -> bytes:
    """Return how far cases came as PNG: a bar and its interval for each step, hatched where there are few."""
    face = Face(locale, [_ALWAYS, picture.heading, picture.across, picture.few, *_texts(picture.steps)])
    figure, axes = blank(_WIDTH, 1.2 + _ROW * len(picture.steps))
    for place, step in enumerate(picture.steps):
        if step.share is not None:
            fill = "white" if step.few else FIXED
            axes.barh(
                place, step.share, height=0.66, color=fill, edgecolor=FIXED, hatch="////" if step.few else ""
            )
            axes.plot(
                [step.low, step.high], [place, place], color=INK, linewidth=1.2, marker="|", markersize=6
            )
        _at_right(axes, place, step.count, face)
    _rows(axes, [step.label for step in picture.steps], face)
    label_shares(axes, "", picture.across, face)
    axes.set_title(picture.heading, fontproperties=face.properties, fontsize=13, color=INK, loc="left")
    if picture.few:
        axes.text(1, -0.13, picture.few, ha="right", va="top", transform=axes.transAxes, fontproperties=face.properties,
                  fontsize=8, color=FAINT)  # fmt: skip
    return png(figure)


def effect_picture(locale: str, picture: EffectPicture) -> bytes:
    """Return what came of it as PNG: rates with their intervals, and the treated beside those held out."""
    pairs = chain.from_iterable(
        (pair.label, *pair.says, *_texts((pair.treated, pair.held_out))) for pair in picture.pairs
    )
    face = Face(locale, [_ALWAYS, picture.heading, picture.across, picture.comparison, picture.treated,
                         picture.held_out, picture.says, *_texts(picture.rates), *pairs])  # fmt: skip
    below = max(1.0, 2.2 * _ROW * len(picture.pairs) + 0.9)
    figure, (rates, compared) = _two(1 + _ROW * len(picture.rates), below)
    draw_shares(rates, picture.rates, face)
    label_shares(rates, "", picture.across, face)
    rates.set_title(picture.heading, fontproperties=face.properties, fontsize=13, color=INK, loc="left")
    if picture.pairs:
        _pairs(compared, picture, face)
    else:
        _only_says(compared, picture.comparison, picture.says, face)
    return png(figure)


def cost_picture(locale: str, picture: CostPicture) -> bytes:
    """Return what came in after visits against their cost as PNG, and how often something went wrong."""
    money = chain.from_iterable((row.label, row.written, row.cost_written) for row in picture.money)
    face = Face(locale, [_ALWAYS, picture.heading, picture.nothing, picture.safety,
                         picture.across, *_texts(picture.rates), *money])  # fmt: skip
    figure, (above, below) = _two(0.9 + 2 * _ROW * max(1, len(picture.money)), 1 + _ROW * len(picture.rates))
    if picture.money:
        _money(above, picture, face)
    else:
        _only_says(above, "", picture.nothing, face)
    above.set_title(picture.heading, fontproperties=face.properties, fontsize=13, color=INK, loc="left")
    draw_shares(below, picture.rates, face)
    highest = max((row.high for row in picture.rates if row.share is not None), default=1.0)
    label_shares(below, picture.safety, picture.across, face, _widest(highest))
    return png(figure)


def _widest(highest: float) -> float:
    """Return the share at the right end: what is rare would not be seen between 0 and 100 %."""
    return next(end for end in _ENDS if end >= highest)


def _texts(rows: Sequence[ShareRow]) -> list[str]:
    return [text for row in rows for text in row.texts]


def _two(above: float, below: float) -> tuple[Figure, tuple[Axes, Axes]]:
    """Return a figure with two panels of so many inches, one above the other."""
    figure = Figure(figsize=(_WIDTH, above + below), dpi=DPI, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    first, second = figure.subplots(2, 1, gridspec_kw={"height_ratios": [above, below], "hspace": 0.08})
    return figure, (first, second)


def _rows(axes: Axes, labels: Sequence[str], face: Face) -> None:
    axes.set(xlim=(0, 1), ylim=(len(labels) - 0.4, -0.6))
    shown = [face.shown(label) for label in labels]
    axes.set_yticks(range(len(shown)), shown, fontproperties=face.properties, fontsize=9, color=INK)


def _at_right(axes: Axes, height: float, text: str, face: Face) -> None:
    axes.text(1.02, height, face.shown(text), va="center", transform=axes.get_yaxis_transform(),
              fontproperties=face.properties, fontsize=8, color=FAINT)  # fmt: skip


def _only_says(axes: Axes, title: str, says: str, face: Face) -> None:
    axes.set_axis_off()
    axes.set_title(title, fontproperties=face.properties, fontsize=11, color=INK, loc="left")
    axes.text(0, 0.8, face.shown(says), va="top", transform=axes.transAxes, fontproperties=face.properties,
              fontsize=9, color=INK, wrap=True)  # fmt: skip


def _pairs(axes: Axes, picture: EffectPicture, face: Face) -> None:
    """Two points a row: a round one for the treated, a square one for those held out; the conclusion below them."""
    for place, pair in enumerate(picture.pairs):
        draw_share(axes, place - 0.22, pair.treated, FIXED)
        draw_share(axes, place - 0.02, pair.held_out, PROPOSED, "s")
        says = axes.text(0, place + 0.2, face.shown("\n".join(pair.says)), va="top", fontproperties=face.properties,
                         fontsize=7.5, color=INK)  # fmt: skip
        says.set_in_layout(False)
        _at_right(axes, place - 0.22, pair.treated.count, face)
        _at_right(axes, place - 0.02, pair.held_out.count, face)
    _rows(axes, [pair.label for pair in picture.pairs], face)
    label_shares(axes, picture.comparison, "", face)
    marks = [Line2D([], [], color=colour, marker=mark, markerfacecolor=INK, markeredgecolor=INK, label=label)
             for colour, mark, label in ((FIXED, "o", picture.treated), (PROPOSED, "s", picture.held_out))]  # fmt: skip
    axes.legend(handles=marks, prop=face.sized(9), ncols=2, frameon=False, loc="lower right",
                bbox_to_anchor=(1, 1))  # fmt: skip


def _money(axes: Axes, picture: CostPicture, face: Face) -> None:
    """Two bars a currency, each currency to its own scale: filled what came in, hatched what the visits cost."""
    for place, row in enumerate(picture.money):
        longest = max(row.amount, row.cost or 0) or 1
        bars = (
            (-0.2, row.amount, row.written, FIXED, ""),
            (0.2, row.cost or 0, row.cost_written, "white", "////"),
        )
        for lift, amount, text, fill, hatch in bars:
            length = 0.6 * amount / longest
            axes.barh(place + lift, length, height=0.34, color=fill, edgecolor=FIXED, hatch=hatch)
            axes.text(length + 0.01, place + lift, face.shown(text), va="center", fontproperties=face.properties,
                      fontsize=8.5, color=INK)  # fmt: skip
    _rows(axes, [row.label for row in picture.money], face)
    axes.set_frame_on(False)
    axes.tick_params(length=0)
    axes.set_xticks([])
    axes.axvline(0, color=GRID, linewidth=1)
