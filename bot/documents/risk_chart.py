"""A backtest as a picture: for each view the ROC curve, and how often the concern came true in each grade."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from bot.documents.plotting import DPI, FAINT, FIXED, GRID, INK, PROPOSED, Face, png

_WIDTH, _HEIGHT = 10.0, 3.3  # inches, of a view
_LAYOUT = ConstrainedLayoutEngine(h_pad=0.12)  # inches: a view's title keeps clear of what stands above it
_ALWAYS = "0123456789%.–/ "


@dataclass(frozen=True, slots=True)
class GradeBar:
    """A grade: its label, the share from 0 to 1 (None of nothing), its interval, and how many ("12 / 40")."""

    label: str
    share: float | None
    low: float
    high: float
    count: str


@dataclass(frozen=True, slots=True)
class ViewChart:
    """One view, all words translated by the caller. `curve`: corners from (0, 0) to (1, 1), empty for none."""

    title: str
    area: str
    curve: Sequence[tuple[float, float]]
    wrongly: str
    rightly: str
    rates: str
    grades: Sequence[GradeBar]


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
    _label(axes, view.title, view.wrongly, face)
    axes.set_ylabel(view.rightly, fontproperties=face.properties, fontsize=8, color=FAINT)
    axes.set_yticks(
        axes.get_xticks(), _percents(axes), fontproperties=face.properties, fontsize=8, color=FAINT
    )


def _grades(axes: Axes, view: ViewChart, face: Face) -> None:
    """A point and its interval for each grade, the gravest at the bottom, with how many there were."""
    for place, bar in enumerate(view.grades):
        if bar.share is not None:
            axes.plot([bar.low, bar.high], [place, place], color=PROPOSED, linewidth=2, solid_capstyle="butt")
            axes.plot([bar.share], [place], marker="o", color=INK, markersize=6)
        axes.text(
            1.02, place, bar.count, va="center", fontproperties=face.properties, fontsize=8, color=FAINT
        )
    labels = [face.shown(bar.label) for bar in view.grades]
    axes.set(xlim=(0, 1), ylim=(len(view.grades) - 0.4, -0.6))
    _label(axes, "", view.rates, face)
    axes.set_yticks(range(len(labels)), labels, fontproperties=face.properties, fontsize=9, color=INK)


def _label(axes: Axes, title: str, across: str, face: Face) -> None:
    axes.set_frame_on(False)
    axes.tick_params(length=0)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_title(title, fontproperties=face.properties, fontsize=11, color=INK, loc="left")
    axes.set_xlabel(across, fontproperties=face.properties, fontsize=8, color=FAINT)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.set_xticks(
        axes.get_xticks(), _percents(axes), fontproperties=face.properties, fontsize=8, color=FAINT
    )


def _percents(axes: Axes) -> list[str]:
    return [f"{tick:.0%}" for tick in axes.get_xticks()]
