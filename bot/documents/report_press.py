"""Prints reports as PDF."""

from collections.abc import Iterator, Sequence
from html import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from bot.documents.fonts import FontCut, FontShelf
from bot.documents.pages import DIGITS, INK, TEXT_WIDTH, print_pages, without
from bot.documents.report import Report

_LABEL = 45 * mm  # the first column
_LINE = HexColor(0xBFBFBF)


class ReportPress:
    """Prints reports, and keeps the cut fonts between them."""

    def __init__(self) -> None:
        self._shelf = FontShelf()

    def print(self, report: Report) -> bytes:
        """Return the report as a PDF on A4, its pages numbered; characters that no font has are left out."""
        font = self._shelf.take(report.locale, [*_texts(report), f"{DIGITS}/"])
        flow = list(_flow(report, font))
        return print_pages(flow, font, title=report.title, locale=report.locale, footer=report.footer)


def _texts(report: Report) -> Iterator[str]:
    yield from (report.title, report.subtitle, report.footer)
    for section in report.sections:
        yield section.heading
        for row in section.rows:
            yield from row


def _flow(report: Report, font: FontCut) -> Iterator[Flowable]:
    wrap = None if report.locale == "en" else "CJK"

    def style(size: float, after: float = 0) -> ParagraphStyle:
        return ParagraphStyle(
            f"{size}",
            fontName=font.name,
            fontSize=size,
            leading=size * 1.5,
            spaceAfter=after,
            textColor=INK,
            wordWrap=wrap,
        )

    def words(text: str, size: float = 9.5, after: float = 0) -> Paragraph:
        plain = escape(text.translate(without(font))).replace("\n", "<br/>")
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
    alike = [_LABEL, *[(TEXT_WIDTH - _LABEL) / others] * others]
    widths = [TEXT_WIDTH * share / sum(shares) for share in shares] if shares else alike
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
