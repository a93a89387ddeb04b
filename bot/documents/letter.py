"""One printable page for one customer: neutral words, and a link with its QR code if there is one."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from bot.documents.fonts import FontCut, FontShelf
from bot.documents.line_breaks import wrap
from bot.documents.qr import modules
from bot.errors import InputRefused

_WIDTH, _HEIGHT = A4
_MARGIN = 25 * mm
_ADDRESS_TOP = 55 * mm  # from the upper edge: the window of a C5/6 or DL envelope
_BODY_TOP = 105 * mm
_CODE = 45 * mm
_SIZE, _SMALL = 11, 9  # points
_LEADING = 1.5  # of the size
_PICTURES = frozenset({"So", "Sk", "Cf", "Cs", "Co", "Cn", "Mn"})  # what is left out where the font has none


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says, in one language (`en`, `zh_Hans` or `zh_Hant`), translated by the caller.

    `recipient` is the name and the lines of the address as they stand in the envelope's window, `day` a
    written date, `lines` the paragraphs, `link` an https address or empty, `link_hint` says what to do with it,
    `footer` may be empty.
    """

    locale: str
    sender: str
    recipient: tuple[str, ...]
    day: str
    lines: tuple[str, ...]
    link: str = ""
    link_hint: str = ""
    footer: str = ""


class LetterPress:
    """Prints letters, and keeps the cut fonts between them: the second letter is faster than the first."""

    def __init__(self) -> None:
        self._shelf = FontShelf()

    def print(self, letter: Letter) -> bytes:
        """Return the letter as a PDF of one A4 page with its fonts inside.

        Pictures such as emoji that the font lacks are left out. Raises `InputRefused` for letters of a script
        that it lacks, and for more text than a page holds.
        """
        font = self._font(letter)
        out = BytesIO()
        language = letter.locale.replace("_", "-")
        canvas = Canvas(
            out,
            pagesize=A4,
            invariant=1,
            lang=language,
            initialFontName=font.name,  # type: ignore[arg-type] # it is a name, the stubs say float
        )
        canvas.setTitle(letter.sender)
        _Page(canvas, font.name, font.missing).draw(letter)
        canvas.save()
        return out.getvalue()

    def _font(self, letter: Letter) -> FontCut:
        """Return a font that holds every character of the letter."""
        needed = frozenset().union(*_texts(letter))
        cut = self._shelf.take(letter.locale, _texts(letter))
        foreign = {mark for mark in needed & cut.missing if unicodedata.category(mark) not in _PICTURES}
        if foreign - {"\n", "\t"}:
            scripts = sorted({unicodedata.name(mark, "unknown").split()[0].title() for mark in foreign})
            raise InputRefused(
                f"The letter cannot be printed in {', '.join(scripts)} letters: write it by hand."
            )
        return cut


def _texts(letter: Letter) -> Iterable[str]:
    values = (getattr(letter, field.name) for field in fields(letter))
    return (text for value in values for text in ([value] if isinstance(value, str) else value))


class _Page:
    """A page that is filled from the top; `missing` characters are left out."""

    def __init__(self, canvas: Canvas, font: str, missing: frozenset[str]) -> None:
        self._canvas = canvas
        self._font = font
        self._drop = {ord(mark): " " if mark in "\n\t" else None for mark in missing}
        self._y = _HEIGHT

    def draw(self, letter: Letter) -> None:
        self._at(20 * mm).write([letter.sender], _SIZE)
        self._at(_ADDRESS_TOP).write(letter.recipient, _SIZE)
        self._at(_BODY_TOP - 12 * mm).write([letter.day], _SIZE)
        self._at(_BODY_TOP).write(letter.lines, _SIZE, gap=0.5)
        if letter.link:
            self._y -= 4 * mm
            self.write([letter.link_hint], _SIZE)
            self._code(letter.link)
            self.write([letter.link], _SMALL)
        if self._y < _MARGIN:
            raise InputRefused("The letter does not fit on one page: shorten its text.")
        self._at(_HEIGHT - 15 * mm).write([letter.footer], _SMALL)

    def _at(self, from_top: float) -> "_Page":
        self._y = _HEIGHT - from_top
        return self

    def write(self, paragraphs: Sequence[str], size: int, gap: float = 0) -> None:
        """Write paragraphs below each other; `gap` is the space after each, in lines."""
        self._canvas.setFont(self._font, size)
        for paragraph in paragraphs:
            for part in paragraph.split("\n"):
                plain = part.translate(self._drop)
                for line in wrap(plain, _WIDTH - 2 * _MARGIN, lambda part: self._measure(part, size)):
                    self._canvas.drawString(_MARGIN, self._y, line)
                    self._y -= size * _LEADING
            self._y -= size * _LEADING * gap

    def _measure(self, text: str, size: int) -> float:
        return float(pdfmetrics.stringWidth(text, self._font, size))

    def _code(self, link: str) -> None:
        """Draw the QR code as filled squares, and make it a link on a screen."""
        rows = modules(link)
        side = _CODE / len(rows)
        for down, row in enumerate(rows, start=1):
            for along, dark in enumerate(row):
                if dark:
                    x, y = _MARGIN + along * side, self._y - down * side
                    self._canvas.rect(x, y, side, side, stroke=0, fill=1)
        self._canvas.linkURL(link, (_MARGIN, self._y - _CODE, _MARGIN + _CODE, self._y))
        self._y -= _CODE + 4 * mm
