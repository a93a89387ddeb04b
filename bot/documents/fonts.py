"""The fonts that go into a PDF: Noto Sans SC and TC (SIL Open Font License), cut down to what a text needs.

They come with the package `justmytype-intl-cjk` as variable fonts whose default is the thinnest weight; a
PDF needs one weight. Setting it takes a quarter of a minute for a whole font, milliseconds after the cut.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.resources import as_file, files
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont as PdfFont

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

_WEIGHT = 400
_FILES: Mapping[str, str] = {
    "en": "notosanssc/NotoSansSC[wght].ttf",
    "zh_Hans": "notosanssc/NotoSansSC[wght].ttf",
    "zh_Hant": "notosanstc/NotoSansTC[wght].ttf",
}
_LATIN_MARKS = "“”‘’…"  # as wide as a Chinese character in these fonts, if nothing else is asked for
_LAYOUT_TABLES = ("GPOS", "GSUB", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT")


class FontCut:
    """A TrueType font of one weight that holds certain characters.

    Each cut has a name of its own: who draws with fonts takes equal names for equal fonts.
    """

    def __init__(self, locale: str, characters: Iterable[str]) -> None:
        """Cut the font of `locale` down. Raises KeyError for a language without a font."""
        self.locale = locale
        self.asked = frozenset(characters)
        wanted = "".join(sorted(self.asked))
        self.name = f"Noto-{locale}-{sha256(wanted.encode()).hexdigest()[:12]}".replace("_", "-")
        from fontTools.ttLib import TTFont  # noqa: PLC0415 - as below

        packed = files("justmytype_intl_cjk") / "fonts" / "ofl" / _FILES[locale]
        with as_file(packed) as path, TTFont(path, lazy=True, recalcTimestamp=False) as font:
            self.missing = frozenset(mark for mark in self.asked if ord(mark) not in font.getBestCmap())
            if locale == "en" and self.asked & set(_LATIN_MARKS):
                _narrow(font)
            self.content = _cut(font, wanted, self.name)


class FontShelf:
    """Cut fonts, known to reportlab and kept between documents: the second one is faster than the first."""

    def __init__(self) -> None:
        self._cuts: dict[str, FontCut] = {}

    def take(self, locale: str, texts: Iterable[str]) -> FontCut:
        """Return a font that holds every character of `texts` that there is, and the space that reportlab asks for."""
        needed = frozenset(" ").union(*texts)
        cut = self._cuts.get(locale)
        if cut is None or not needed <= cut.asked:
            cut = FontCut(locale, needed | (cut.asked if cut else frozenset()))
            self._cuts[locale] = cut
            registerFont(PdfFont(cut.name, BytesIO(cut.content)))
        return cut


def _narrow(font: "TTFont") -> None:
    """Let Latin marks have the proportional form that the font has for them (OpenType feature `pwid`)."""
    table = font["GSUB"].table
    proportional = (one.Feature for one in table.FeatureList.FeatureRecord if one.FeatureTag == "pwid")
    lookups = {index for feature in proportional for index in feature.LookupListIndex}
    parts = [part for index in lookups for part in table.LookupList.Lookup[index].SubTable]
    forms = {
        glyph: form for part in parts for glyph, form in getattr(part, "ExtSubTable", part).mapping.items()
    }
    for one in font["cmap"].tables:
        marks = {ord(mark): one.cmap.get(ord(mark)) for mark in _LATIN_MARKS}
        one.cmap |= {code: forms[glyph] for code, glyph in marks.items() if glyph in forms}


def _cut(font: "TTFont", wanted: str, name: str) -> bytes:
    # What cuts fonts takes a quarter of a second to be read, and few starts of the program print anything.
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]  # noqa: PLC0415
    from fontTools.varLib.instancer import (  # type: ignore[import-untyped]  # noqa: PLC0415
        instantiateVariableFont,
    )

    tables = [*Options().drop_tables, *_LAYOUT_TABLES]
    subsetter = Subsetter(Options(drop_tables=tables, layout_features=[], notdef_outline=True))
    subsetter.populate(text=wanted)
    subsetter.subset(font)
    instantiateVariableFont(font, {"wght": _WEIGHT}, inplace=True)
    for record in font["name"].names:
        record.string = name
    out = BytesIO()
    font.save(out)
    return out.getvalue()
