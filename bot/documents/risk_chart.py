"""A backtest as a picture: for each view the ROC curve, and how often the concern came true in each grade."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from bot.documents.plotting import DPI, FAINT, FIXED, INK, Face, png
from bot.documents.share_row import ShareRow
from bot.documents.shares import draw_shares, label_shares, percents

_WIDTH, _HEIGHT = 10.0, 3.3  # inches, of a view
_LAYOUT = ConstrainedLayoutEngine(h_pad=0.12)  # inches: a view's title keeps clear of what stands above it
_ALWAYS = "0123456789%.–/ "


@dataclass(frozen=True, slots=True)
class ViewChart:
    """One view, all words translated by the caller. `curve`: corners from (0, 0) to (1, 1), empty for none."""

    title: str
    area: str
    curve: Sequence[tuple[float, float]]
    wrongly: str
    rightly: str
    rates: str
    grades: Sequence[ShareRow]


def draw(locale: str, views: Sequence[ViewChart]) -> bytes:
    """Return the picture as PNG, two panels a view, with a font that holds its words."""
    face = Face(locale, [_ALWAYS, *(text for view in views for text in _texts(view))])
    figure = Figure(figsize=(_WIDTH, _HEIGHT * len(views)), dpi=DPI, facecolor="white", layout=_LAYOUT)
    FigureCanvasAgg(figure)
    panels = figure.subplots(len(views), 2, squeeze=False, gridspec_kw={"width_ratios": [1, 1.7]})
    for (curve, grades), view in zip(panels, views, strict=True):
        _curve(curve, view, face)
        _grades(grades, view, face)
    return png(figure)


def _texts(view: ViewChart) -> Sequence[str]:
    grades = (text for bar in view.grades for text in (bar.label, bar.count))
    return (view.title, view.area, view.wrongly, view.rightly, view.rates, *grades)


def _curve(axes: Axes, view: ViewChart, face: Face) -> None:
    """The ROC curve with the line of a coin below it."""
    axes.plot([0, 1], [0, 1], color=FAINT, linewidth=1, linestyle=(0, (4, 4)))
    axes.plot(*zip(*view.curve, strict=True) if view.curve else ((), ()), color=FIXED, linewidth=2)
    axes.fill_between(*zip(*view.curve, strict=True) if view.curve else ((), ()), color=FIXED, alpha=0.12)
    axes.text(0.97, 0.05, view.area, ha="right", fontproperties=face.properties, fontsize=9, color=INK)
    axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    label_shares(axes, view.title, view.wrongly, face)
    axes.set_ylabel(view.rightly, fontproperties=face.properties, fontsize=8, color=FAINT)
    axes.set_yticks(
        axes.get_xticks(),
        percents(axes.get_xticks()),
        fontproperties=face.properties,
        fontsize=8,
        color=FAINT,
    )


def _grades(axes: Axes, view: ViewChart, face: Face) -> None:
    """How often it came true in each grade, the gravest at the bottom."""
    draw_shares(axes, view.grades, face)
    label_shares(axes, "", view.rates, face)
