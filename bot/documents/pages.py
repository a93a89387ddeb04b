"""Numbered A4 pages with a footer: what every printed document of ours has in common."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, SimpleDocTemplate

from bot.documents.fonts import FontCut

_MARGIN = 20 * mm
_PADDING = 6  # points that a page keeps free beside what stands on it
TEXT_WIDTH = A4[0] - 2 * _MARGIN - 2 * _PADDING  # points
INK = HexColor(0x1A1A1A)
DIGITS = "0123456789"  # what numbers the pages; the font must have it


def print_pages(flow: Sequence[Flowable], font: FontCut, *, title: str, locale: str, footer: str) -> bytes:
    """Return a PDF of what flows over its pages, the same bytes for the same flow."""
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=title,
        lang=locale.replace("_", "-"),
        invariant=1,
    )

    def foot(canvas: Canvas, _: object) -> None:
        canvas.setFont(font.name, 8)
        canvas.drawString(_MARGIN + _PADDING, 12 * mm, footer.translate(without(font)))
        canvas.drawRightString(A4[0] - _MARGIN - _PADDING, 12 * mm, str(canvas.getPageNumber()))

    document.build(list(flow), onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def without(font: FontCut) -> dict[int, str | None]:
    """Return what leaves the characters out that a font does not have, for `str.translate`."""
    return {ord(mark): None for mark in font.missing - {"\n", "\t"}}
