import re
import zlib
from io import BytesIO

import pytest
import segno
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image

from bot.documents.fonts import FontCut
from bot.documents.letter import Letter, LetterPress
from bot.documents.line_breaks import wrap
from bot.documents.qr import modules, png_qr, svg_qr, terminal_qr
from bot.errors import InputRefused

LINK = "https://t.me/doorstep_sample_bot?start=c_AbCdEf0123456789"


def letter(locale: str = "en", **changes: object) -> Letter:
    words = {
        "en": ("Sample Lender", "Dear customer, please choose a time.", "Scan this code"),
        "zh_Hans": ("示例银行", "尊敬的客户：请选择方便的时间。", "请扫描二维码"),
        "zh_Hant": ("示例銀行", "親愛的客戶：請選擇方便的時間。", "請掃描二維碼"),
    }[locale]
    values: dict[str, object] = {
        "locale": locale,
        "sender": words[0],
        "recipient": ("Wing Sample", "100 Example Road"),
        "day": "2026-11-24",
        "lines": (words[1],),
        "link": LINK,
        "link_hint": words[2],
    }
    return Letter(**values | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_one_page_with_its_font(locale: str) -> None:
    """A letter is one page with one font embedded, small enough to print by the thousand."""
    pdf = LetterPress().print(letter(locale))
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
    assert b"/FontFile2" in pdf
    assert b"/BaseFont /Helvetica" not in pdf
    assert len(pdf) < 60_000


def test_same_press_two_languages() -> None:
    """Letters printed one after the other are the same as each by itself."""
    press = LetterPress()
    together = [press.print(letter(locale)) for locale in ("en", "zh_Hans", "zh_Hant", "zh_Hans")]
    assert together[1] == together[3] == LetterPress().print(letter("zh_Hans"))
    assert together[0] == LetterPress().print(letter("en"))


def drawn(pdf: bytes) -> int:
    """Return how many different outlines are in the font inside of a PDF."""
    number = re.search(rb"/FontFile2 (\d+) 0 R", pdf)
    assert number is not None
    stream = re.search(rb"\n%s 0 obj.*?stream\s+(.*?)endstream" % number[1], pdf, re.DOTALL)
    assert stream is not None
    font = TTFont(BytesIO(zlib.decompressobj().decompress(stream[1])))
    glyphs = [font["glyf"][name] for name in font.getGlyphOrder()[1:]]
    return len({tuple(glyph.coordinates) for glyph in glyphs if glyph.numberOfContours > 0})


def test_every_character_is_drawn() -> None:
    """The font inside of a letter has the letter's characters, whichever letters were printed before it."""
    press = LetterPress()
    press.print(letter("en"))
    simplified = letter("zh_Hans", recipient=())
    asked = set(simplified.sender + simplified.lines[0] + simplified.link + simplified.link_hint)
    assert drawn(press.print(simplified)) >= len(asked)


def test_emoji_are_left_out() -> None:
    """An emoji in a name does not stop a letter."""
    assert LetterPress().print(letter(recipient=("Wing 😀 Sample",))).startswith(b"%PDF")


def test_foreign_script() -> None:
    """A name in a script without letters in the font is refused rather than printed as boxes."""
    with pytest.raises(InputRefused, match="in Arabic letters"):
        LetterPress().print(letter(recipient=("\u0645\u062d\u0645",)))


def test_too_long() -> None:
    """More than a page holds is refused."""
    with pytest.raises(InputRefused, match="does not fit on one page"):
        LetterPress().print(letter(lines=("word " * 800,)))


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_font_has_outlines(locale: str) -> None:
    """A cut font has a drawn glyph of regular weight for each character asked for."""
    cut = FontCut(locale, "中a")
    font = TTFont(BytesIO(cut.content))
    glyphs = [font.getBestCmap()[ord(mark)] for mark in "中a"]
    assert all(font["glyf"][name].numberOfContours for name in glyphs)
    assert "fvar" not in font
    assert cut.missing == frozenset()


@pytest.mark.parametrize(("locale", "width"), [("en", 0.5), ("zh_Hans", 1), ("zh_Hant", 1)])
def test_quotation_marks_are_as_wide_as_their_language_has_them(locale: str, width: float) -> None:
    """Marks of the Chinese fonts are as wide as a character; English ones may not tear a sentence apart."""
    font = TTFont(BytesIO(FontCut(locale, "“”‘’中").content))
    advance = {mark: font["hmtx"][font.getBestCmap()[ord(mark)]][0] for mark in "“”‘’中"}
    assert all((advance[mark] < advance["中"] * width) is (locale == "en") for mark in "“”‘’")


def lines(text: str, width: int) -> list[str]:
    return list(wrap(text, width, lambda part: sum(1 if mark.isascii() else 2 for mark in part)))


def test_words_stay_whole() -> None:
    """A line ends between words, also of English within Chinese."""
    assert lines("one two three", 8) == ["one two", "three"]
    assert lines("请打开 appointment 页面", 12) == ["请打开", "appointment", "页面"]


def test_closing_punctuation() -> None:
    """No line begins with closing punctuation, none ends with an opening mark."""
    assert lines("甲乙丙，丁戊", 6) == ["甲乙", "丙，丁", "戊"]
    assert lines("甲乙「丙」", 6) == ["甲乙", "「丙」"]


def test_long_word() -> None:
    """A word that is longer than a line is broken rather than lost."""
    assert "".join(lines("https://example.org/very/long", 10)) == "https://example.org/very/long"


def test_nothing() -> None:
    """An empty paragraph is an empty line."""
    assert lines("", 10) == [""]


def test_png() -> None:
    """The PNG shows exactly the modules of the code, with a quiet zone of four."""
    rows = modules(LINK)
    picture = Image.open(BytesIO(png_qr(LINK, scale=2))).convert("L")
    assert picture.size == (2 * len(rows), 2 * len(rows))
    assert [
        [picture.getpixel((2 * x, 2 * y)) == 0 for x in range(len(rows))] for y in range(len(rows))
    ] == rows
    assert not any(any(row) for row in rows[:4])


def test_terminal() -> None:
    """The terminal shows the same modules, two rows a line, light blocks on dark."""
    rows = modules(LINK)
    halves = {"█": (False, False), "▀": (False, True), "▄": (True, False), " ": (True, True)}
    shown = [[halves[mark] for mark in line] for line in terminal_qr(LINK).splitlines()]
    unfolded = [[pair[half] for pair in line] for line in shown for half in (0, 1)]
    assert unfolded[: len(rows)] == rows


def test_svg() -> None:
    """The SVG is one scalable picture."""
    assert svg_qr(LINK).count(b"<svg") == 1
    assert b"viewBox" in svg_qr(LINK)


def test_content() -> None:
    """The code is the one that the standard makes of the link."""
    matrix = segno.make_qr(LINK, error="m").matrix_iter(border=4)
    assert modules(LINK) == [[bool(value) for value in row] for row in matrix]
