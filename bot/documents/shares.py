"""Shares with their intervals, a row each: read in grey as well, since what is unsure is hollow and dashed."""

from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes

from bot.documents.plotting import FAINT, GRID, INK, PROPOSED, Face
from bot.documents.share_row import ShareRow


def draw_shares(axes: Axes, rows: Sequence[ShareRow], face: Face, colour: str = PROPOSED) -> None:
    """Draw a point and its interval for each row, the first on top, with how many there were at the right."""
    for place, row in enumerate(rows):
        draw_share(axes, place, row, colour)
        text = axes.text(
            1.02, place, face.shown(row.count), va="center", fontproperties=face.properties, fontsize=8
        )
        text.set(color=FAINT, transform=axes.get_yaxis_transform())
    labels = [face.shown(row.label) for row in rows]
    axes.set(xlim=(0, 1), ylim=(len(rows) - 0.4, -0.6))
    axes.set_yticks(range(len(labels)), labels, fontproperties=face.properties, fontsize=9, color=INK)


def draw_share(axes: Axes, height: float, row: ShareRow, colour: str, marker: str = "o") -> None:
    """Draw one point with its interval: filled and solid, or hollow and dashed where there are few."""
    if row.share is None:
        return
    style = "dotted" if row.few else "solid"
    axes.plot([row.low, row.high], [height, height], color=colour, linewidth=2, linestyle=style)
    inside = "white" if row.few else INK
    axes.plot(
        [row.share], [height], marker=marker, color=INK, markerfacecolor=inside, markersize=6, clip_on=False
    )


def label_shares(axes: Axes, title: str, across: str, face: Face, widest: float = 1.0) -> None:
    """Write the title above and what is counted below, with ticks from 0 to the `widest` share."""
    axes.set_frame_on(False)
    axes.tick_params(length=0)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_title(title, fontproperties=face.properties, fontsize=11, color=INK, loc="left")
    axes.set_xlabel(across, fontproperties=face.properties, fontsize=8, color=FAINT)
    ticks = [widest * quarter / 4 for quarter in range(5)]
    axes.set_xlim(0, widest)
    axes.set_xticks(ticks, percents(ticks), fontproperties=face.properties, fontsize=8, color=FAINT)


def percents(ticks: Iterable[float]) -> list[str]:
    """Return ticks as per cent, as short as they can be."""
    return [f"{tick * 100:.3g}%" for tick in ticks]
