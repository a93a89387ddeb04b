"""The plan as two pictures: the week, team by team, and where its visits are. Only what the caller gives is shown."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import cos, radians

from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from bot.documents.plan_entries import Entry, Wording
from bot.documents.plotting import CONFLICT, DPI, FAINT, FIXED, GRID, INK, PROPOSED, Face, blank, png

_COLOURS: Mapping[str, str] = {"proposed": PROPOSED, "fixed": FIXED, "conflict": CONFLICT}
_ROUTES = ("#3b6ea5", "#d1495b", "#3a7d44", "#8e5ea2", "#c47f17", "#2a9d8f", "#6b705c", "#b5179e")
_ROWS = 40  # days and teams that a picture of the week shows; of more the first ones
_INSET = 6.0  # points that stay free at the sides of a bar
_KM_OF_A_DEGREE = 111.195  # of latitude, on a sphere of the earth's mean radius


def week_picture(entries: Sequence[Entry], words: Wording) -> bytes:
    """Return the week as PNG: a row for each day and team, the hours across, each visit a bar with its name."""
    rows = sorted({(one.starts_at.date(), one.day, one.team) for one in entries})[:_ROWS]
    shown = [one for one in entries if (one.starts_at.date(), one.day, one.team) in rows]
    texts = [
        words.heading,
        *words.standings.values(),
        *(t for e in entries for t in (e.day, e.team, e.title, e.where)),
    ]
    face = Face(words.locale, texts)
    figure, axes = blank(11, 1.6 + 0.42 * max(len(rows), 2))
    bars = [(rows.index((one.starts_at.date(), one.day, one.team)), one) for one in shown]
    for row, one in bars:
        axes.barh(
            row, _length(one), left=_hour(one.starts_at), height=0.78, color=_COLOURS[one.standing], zorder=2
        )
    _hours(axes, shown, face)
    _rows(axes, rows, face)
    _legend(axes, shown, words, face)
    axes.set_title(words.heading, fontproperties=face.properties, fontsize=13, color=INK, loc="left", pad=22)
    figure.draw_without_rendering()  # lays it out: from here on it is known how much an hour holds
    an_hour = axes.get_window_extent().width * 72 / DPI / (axes.get_xlim()[1] - axes.get_xlim()[0])
    for row, one in bars:
        _name(axes, row, one, face, _length(one) * an_hour)
    return png(figure)


def _hour(instant: datetime) -> float:
    return instant.hour + instant.minute / 60


def _length(one: Entry) -> float:
    return _hour(one.ends_at) - _hour(one.starts_at)


def _name(axes: Axes, row: int, one: Entry, face: Face, room: float) -> None:
    """Write what a bar is into its so many points."""
    for text, lift, size in ((one.title, -0.16, 8.0), (one.where, 0.2, 6.5)):
        axes.text(_hour(one.starts_at) + 0.04, row + lift, face.fitted(text, size, room - _INSET),
                  fontproperties=face.properties, fontsize=size, color="white", va="center", zorder=3)  # fmt: skip


def _hours(axes: Axes, entries: Sequence[Entry], face: Face) -> None:
    """The hours across the top, from the first start to the last end."""
    first = int(min((_hour(one.starts_at) for one in entries), default=9))
    last = int(max((_hour(one.ends_at) for one in entries), default=17) + 0.999)
    ticks = list(range(first, last + 1))
    axes.set_xlim(first, last)
    axes.set_xticks(
        ticks, [f"{hour:02}:00" for hour in ticks], fontproperties=face.properties, fontsize=8, color=FAINT
    )
    axes.xaxis.tick_top()
    axes.grid(axis="x", color=GRID, linewidth=0.8, zorder=0)
    axes.set_axisbelow(True)


def _rows(axes: Axes, rows: Sequence[tuple[object, str, str]], face: Face) -> None:
    """Each row named by its team, its day where a new one begins; a line between days."""
    labels = []
    for place, (_, day, team) in enumerate(rows):
        begins = place == 0 or rows[place - 1][1] != day
        labels.append(face.shown(f"{day}   {team}" if begins else team))
        if begins and place:
            axes.axhline(place - 0.5, color=FAINT, linewidth=0.8)
    axes.set_yticks(range(len(rows)), labels, fontproperties=face.properties, fontsize=8, color=INK)
    axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)


def _legend(axes: Axes, entries: Sequence[Entry], words: Wording, face: Face) -> None:
    shown = {one.standing for one in entries}
    patches = [
        Patch(color=_COLOURS[one], label=label) for one, label in words.standings.items() if one in shown
    ]
    if patches:
        axes.legend(handles=patches, prop=face.sized(9), labelcolor=INK, loc="upper left", bbox_to_anchor=(0, -0.02),
                    ncols=3, frameon=False)  # fmt: skip


def map_picture(entries: Sequence[Entry], words: Wording) -> bytes:
    """Return where the visits are as PNG: north up, true to scale, each team's days as a line from door to door."""
    placed = [one for one in entries if one.latitude is not None and one.longitude is not None]
    texts = [
        words.heading,
        words.unknown_places,
        " km.",
        *(text for one in entries for text in (one.team, one.title)),
    ]
    face = Face(words.locale, texts)
    figure, axes = blank(8, 8)
    teams = sorted({one.team for one in placed})
    for place, team in enumerate(teams):
        _route(axes, [one for one in placed if one.team == team], _ROUTES[place % len(_ROUTES)], face)
    middle = sum(one.latitude or 0 for one in placed) / max(len(placed), 1)
    stretch = 1 / max(cos(radians(middle)), 0.01)
    axes.set_aspect(stretch)
    axes.margins(0.12)
    figure.set_size_inches(8, min(max(8 * stretch * _ratio(axes), 4.0), 11.0) + 0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_frame_on(True)
    for side in axes.spines.values():
        side.set_color(GRID)
    if teams:
        _scale(axes, middle, face)
        axes.legend(prop=face.sized(9), labelcolor=INK, loc="best", frameon=False)
    if words.unknown_places:
        axes.set_xlabel(words.unknown_places, fontproperties=face.properties, fontsize=9, color=FAINT)
    axes.set_title(words.heading, fontproperties=face.properties, fontsize=13, color=INK, loc="left")
    return png(figure)


def _ratio(axes: Axes) -> float:
    """Return how high the map is for its width, in degrees."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    return (north - south) / max(east - west, 1e-6)


def _scale(axes: Axes, latitude: float, face: Face) -> None:
    """A bar of a round number of kilometres at the lower edge."""
    west, east = axes.get_xlim()
    of_a_degree = _KM_OF_A_DEGREE * cos(radians(latitude))
    longest = (east - west) * of_a_degree / 3
    km = max((one for one in (0.1, 0.5, 1, 2, 5, 10, 20, 50, 100, 500) if one <= longest), default=0.1)
    left, height = west + (east - west) * 0.03, axes.get_ylim()[0]
    axes.plot(
        [left, left + km / of_a_degree], [height, height], color=INK, linewidth=3, clip_on=False, zorder=3
    )
    axes.annotate(f"{km:g} km", (left, height), xytext=(0, 5), color=INK, textcoords="offset points",
                  fontproperties=face.properties, fontsize=8)  # fmt: skip


def _route(axes: Axes, entries: Sequence[Entry], colour: str, face: Face) -> None:
    """One team's visits: a line for each day in the order of its visits, a dot and the name at each."""
    in_order = sorted(entries, key=lambda one: one.starts_at)
    for day in sorted({one.starts_at.date() for one in in_order}):
        along = [(one.longitude, one.latitude) for one in in_order if one.starts_at.date() == day]
        axes.plot(*zip(*along, strict=True), color=colour, linewidth=1.2, alpha=0.6, zorder=1)
    axes.scatter([one.longitude or 0 for one in in_order], [one.latitude or 0 for one in in_order],
                 color=colour, s=36, zorder=2, label=face.shown(in_order[0].team))  # fmt: skip
    for one in in_order:
        axes.annotate(face.shown(one.title), (one.longitude or 0, one.latitude or 0), xytext=(5, 4), color=INK,
                      textcoords="offset points", fontproperties=face.properties, fontsize=7,
                      path_effects=[withStroke(linewidth=2, foreground="white")])  # fmt: skip
