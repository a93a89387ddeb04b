"""Figures as PNG: matplotlib with the fonts of the letters, without a window system. Every chart begins here."""

import os
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from weakref import finalize

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font

from bot.documents.fonts import FontCut

DPI = 130
INK, FAINT, GRID = "#1f2933", "#7b8794", "#d9dee4"
FIXED, PROPOSED, CONFLICT = "#5b7a99", "#b7791f", "#c0392b"


_ALWAYS = "0123456789:–….?lp "  # the clock, what stands for a letter that no font has, and a line's height

_FIRST_HAN = "\u3400"
_POINTS, _SUBPIXELS = 72, 64  # of an inch; of a pixel


class _FontFile:
    """A cut font as a file, for matplotlib takes fonts from files only; it is gone when nobody draws with it."""

    def __init__(self, locale: str, characters: frozenset[str]) -> None:
        cut = FontCut(locale, characters)
        folder = Path(mkdtemp(prefix="doorstep-font-"))
        finalize(self, rmtree, folder, ignore_errors=True)
        self.path, self.missing = folder / f"{cut.name}.ttf", cut.missing
        self.path.write_bytes(cut.content)


_font_file = lru_cache(maxsize=16)(_FontFile)


class Face:
    """A font that holds certain texts; what it lacks, such as emoji, is shown as a question mark."""

    def __init__(self, locale: str, texts: Iterable[str]) -> None:
        self._file = _font_file(locale, frozenset(_ALWAYS).union(*texts))
        self.properties = FontProperties(fname=os.fspath(self._file.path))
        self._stand_in = dict.fromkeys(map(ord, self._file.missing), "?")
        if locale == "en":
            self._stand_in[ord("…")] = "..."  # the fonts have it in mid-air, as Chinese does

    def sized(self, points: float) -> FontProperties:
        """Return the font in a size, for what takes no size of its own, such as a legend."""
        found = self.properties.copy()
        found.set_size(points)
        return found

    def shown(self, text: str) -> str:
        """Return the text as this font can show it."""
        return text.translate(self._stand_in)

    def fitted(self, text: str, size: float, room: float) -> str:
        """Return as much of a text as fits into so many points; a Chinese address tells most at its end."""
        shown = text = self.shown(text)
        chinese = any(mark >= _FIRST_HAN for mark in text)
        while self._width(shown, size) > room and len(text) > 1:
            text = text[1:] if chinese else text[:-1]
            shown = self.shown(f"…{text}" if chinese else f"{text}…")
        return shown

    def _width(self, text: str, size: float) -> float:
        font = get_font(str(self.properties.get_file()))
        font.set_size(size, _POINTS)
        font.set_text(text)
        return float(font.get_width_height()[0]) / _SUBPIXELS


def blank(width: float, height: float) -> tuple[Figure, Axes]:
    """Return an empty figure of so many inches with one pair of axes, without frame and ticks."""
    figure = Figure(figsize=(width, height), dpi=DPI, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_frame_on(False)
    axes.tick_params(length=0, colors=INK)
    return figure, axes


def png(figure: Figure) -> bytes:
    """Return the figure as PNG. The same figure gives the same bytes."""
    out = BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()
