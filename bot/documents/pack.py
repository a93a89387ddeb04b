"""The visit pack on paper: what to know, what to say word for word, the cards, and the neutral card to cut out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A7, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Image, KeepTogether, PageBreak, Paragraph, Spacer

from bot.documents.fonts import FontCut, FontShelf
from bot.documents.line_breaks import wrap
from bot.documents.pages import DIGITS, INK, TEXT_WIDTH, print_pages, without

_STRAIGHT = str.maketrans(
    "“”‘’", "\"\"''"
)  # the fonts are Chinese: there curly ones are as wide as a character
_FAINT = HexColor(0x5F6B76)


@dataclass(frozen=True, slots=True)
class Line:
    """One prompt: `aloud` in the customer's language, `meant` the same in the reader's, a tip, what can be answered."""

    aloud: str = ""
    meant: str = ""
    tip: str = ""
    answers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, and the prompts below it."""

    heading: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack. `locale` is the reader's language, `said_in` the customer's; `card` is a picture (PNG)."""

    locale: str
    said_in: str
    title: str
    subtitle: str
    parts: Sequence[Part]
    card_heading: str
    card: bytes
    footer: str


class PackPress:
    """Prints packs, and keeps the cut fonts between them."""

    def __init__(self) -> None:
        self._shelf = FontShelf()

    def print(self, pack: Pack) -> bytes:
        """Return the pack as a PDF on A4, its pages numbered; characters that no font has are left out."""
        said = self._shelf.take(
            pack.said_in, ["\"'", *(line.aloud for part in pack.parts for line in part.lines)]
        )
        own = self._shelf.take(pack.locale, [*_texts(pack), f"{DIGITS}□\"'"])
        flow = list(_Setter(pack, said, own).flow())
        return print_pages(flow, own, title=pack.title, locale=pack.locale, footer=pack.footer)


def _texts(pack: Pack) -> Iterator[str]:
    yield from (pack.title, pack.subtitle, pack.card_heading, pack.footer)
    for part in pack.parts:
        yield part.heading
        for line in part.lines:
            yield from (line.meant, line.tip, *line.answers)


class _Setter:
    """Sets a pack in the fonts of its two languages."""

    def __init__(self, pack: Pack, said: FontCut, own: FontCut) -> None:
        self._pack, self._said, self._own = pack, said, own

    def flow(self) -> Iterator[Flowable]:
        yield self._words(self._pack.title, 16, after=2)
        yield self._words(self._pack.subtitle, 10, after=8)
        for part in self._pack.parts:
            first, *others = [list(self._line(line)) for line in part.lines] or [[]]
            yield KeepTogether([self._words(part.heading, 12.5, before=8, after=4), *first])
            yield from (KeepTogether(line) for line in others)
        yield PageBreak()
        yield self._words(self._pack.card_heading, 10, after=8)
        width, height = landscape(A7)
        yield Image(BytesIO(self._pack.card), width=width, height=height, hAlign="LEFT")

    def _line(self, line: Line) -> Iterator[Flowable]:
        if line.aloud:
            yield self._words(line.aloud, 11.5, font=self._said, locale=self._pack.said_in, after=2)
        if line.meant:
            yield self._words(line.meant, 9.5, faint=True, after=2)
        if line.tip:
            yield self._words(line.tip, 9.5, faint=bool(line.aloud), after=2)
        if len(line.answers) > 1:
            yield self._words("    ".join(f"□ {one}" for one in line.answers), 9.5, after=2)
        yield Spacer(0, 2 * mm)

    def _words(
        self,
        text: str,
        size: float,
        *,
        font: FontCut | None = None,
        locale: str | None = None,
        faint: bool = False,
        before: float = 0,
        after: float = 0,
    ) -> Paragraph:
        face = font or self._own

        def measure(part: str) -> float:
            return float(stringWidth(part, face.name, size))

        style = ParagraphStyle(
            f"{face.name}-{size}-{faint}",
            fontName=face.name,
            fontSize=size,
            leading=size * 1.5,
            spaceBefore=before,
            spaceAfter=after,
            textColor=_FAINT if faint else INK,
        )
        plain = text.translate(without(face))
        plain = plain.translate(_STRAIGHT) if (locale or self._pack.locale) == "en" else plain
        lines = (line for part in plain.split("\n") for line in wrap(part, TEXT_WIDTH, measure))
        return Paragraph("<br/>".join(escape(line) for line in lines), style)
