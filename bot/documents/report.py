"""A report of several sections with tables, as a PDF. All words are the caller's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from bot.documents.fonts import FontCut, FontShelf

_MARGIN = 20 * mm
_WIDTH = A4[0] - 2 * _MARGIN - 12  # between the paddings
_PADDING = 6  # points that a page keeps free beside what stands on it
_LABEL = 45 * mm  # the first column
_LINE, _INK = HexColor(0xBFBFBF), HexColor(0x1A1A1A)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and rows of equally many cells; the first cell of a row names it.

    `shares` are the columns' of the width, where they are not as the first needs and the others alike.
    """

    heading: str
    rows: Sequence[Sequence[str]]
    shares: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says, in one language (`en`, `zh_Hans` or `zh_Hant`), translated by the caller."""

    locale: str
    title: str
    subtitle: str
    sections: Sequence[Section]
    footer: str


class ReportPress:
    """Prints reports, and keeps the cut fonts between them."""

    def __init__(self) -> None:
        self._shelf = FontShelf()

    def print(self, report: Report) -> bytes:
        """Return the report as a PDF on A4, its pages numbered; characters that no font has are left out."""
        font = self._shelf.take(report.locale, [*_texts(report), "0123456789/"])
        out = BytesIO()
        document = SimpleDocTemplate(
            out,
            pagesize=A4,
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=_MARGIN,
            bottomMargin=_MARGIN,
            title=report.title,
            lang=report.locale.replace("_", "-"),
            invariant=1,
        )

        def foot(canvas: Canvas, _: object) -> None:
            canvas.setFont(font.name, 8)
            canvas.drawString(_MARGIN + _PADDING, 12 * mm, report.footer.translate(_without(font)))
            canvas.drawRightString(A4[0] - _MARGIN - _PADDING, 12 * mm, str(canvas.getPageNumber()))

        document.build(list(_flow(report, font)), onFirstPage=foot, onLaterPages=foot)
        return out.getvalue()


def _texts(report: Report) -> Iterator[str]:
    yield from (report.title, report.subtitle, report.footer)
    for section in report.sections:
        yield section.heading
        for row in section.rows:
            yield from row


def _without(font: FontCut) -> dict[int, str | None]:
    return {ord(mark): None for mark in font.missing - {"\n", "\t"}}


def _flow(report: Report, font: FontCut) -> Iterator[Flowable]:
    wrap = None if report.locale == "en" else "CJK"

    def style(size: float, after: float = 0) -> ParagraphStyle:
        return ParagraphStyle(
            f"{size}",
            fontName=font.name,
            fontSize=size,
            leading=size * 1.5,
            spaceAfter=after,
            textColor=_INK,
            wordWrap=wrap,
        )

    def words(text: str, size: float = 9.5, after: float = 0) -> Paragraph:
        plain = escape(text.translate(_without(font))).replace("\n", "<br/>")
        return Paragraph(plain, style(size, after))

    yield words(report.title, 16, 2)
    yield words(report.subtitle, 10, 8)
    for section in report.sections:
        if section.rows:
            yield words(section.heading, 12, 3)
            yield _table([[words(cell) for cell in row] for row in section.rows], section.shares)
            yield Spacer(0, 6 * mm)


def _table(cells: list[list[Paragraph]], shares: Sequence[float]) -> Table:
    others = len(cells[0]) - 1
    alike = [_LABEL, *[(_WIDTH - _LABEL) / others] * others]
    widths = [_WIDTH * share / sum(shares) for share in shares] if shares else alike
    table = Table(cells, colWidths=widths, hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
            ]
        )
    )
    return table
