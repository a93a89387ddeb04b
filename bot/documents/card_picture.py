"""The neutral card as a picture, to be cut out or sent."""

from bot.documents.card import Card
from bot.documents.line_breaks import wrap
from bot.documents.plotting import FAINT, INK, Face, blank, png

WIDTH, HEIGHT = 105, 74  # millimetres: a sheet of A7
_INCH = 25.4
_ROWS = 11  # that fit below each other
_COLUMNS = 42  # narrow letters that fit beside each other; a Chinese one takes the room of two


def card_picture(card: Card) -> bytes:
    """Return the card as PNG, in the proportions of a sheet of A7."""
    face = Face(card.locale, (card.title, *card.lines))
    figure, axes = blank(WIDTH / _INCH * 2, HEIGHT / _INCH * 2)  # twice the size, for a sharp print
    axes.set(xlim=(0, 1), ylim=(_ROWS, 0), xticks=[], yticks=[])
    axes.set_frame_on(True)
    for side in axes.spines.values():
        side.set(color=FAINT, linewidth=0.8)
    axes.text(0.06, 1.6, face.shown(card.title), fontproperties=face.properties, fontsize=34, color=INK)
    row = 3.4
    for line in card.lines:
        for part in wrap(line, _COLUMNS, _columns):
            axes.text(0.06, row, face.shown(part), fontproperties=face.properties, fontsize=25, color=INK)
            row += 1
        row += 0.25
    return png(figure)


def _columns(text: str) -> float:
    return sum(2 if ord(mark) > 0x2E7F else 1 for mark in text)  # noqa: PLR2004 - where CJK begins
