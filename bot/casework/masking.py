"""Masking: enough to recognise what is one's own, too little for a stranger who looks over a shoulder.

Nothing here raises; what has no letters or digits to keep becomes stars.
"""

import re
import unicodedata
from itertools import takewhile

_MOST_STARS = 3  # a longer row of stars would tell how long the name is
_SHOWN_DIGITS = 3

_HAN_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f]")
_UNIT = re.compile(
    r"\b(?:flat|unit|apt|apartment|room|rm|suite|ste|floor|fl|block|blk|tower|house|no|lot|level|shop)\b\.?"
    r"\s*#?\s*(?:[a-z]|[\w/-]*\d[\w/-]*)?(?!\w)|\b\d+\s*(?:st|nd|rd|th)?\s*(?:floor|fl)\b|\b\d+/f\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<![\w/-])#?(?!\d+(?:st|nd|rd|th)\b)[\w/-]*\d\S*", re.IGNORECASE)
_LETTERS_OF_A_NAME = 3
_HOUSE = re.compile(r"[0-9]|[一二三四五六七八九十百甲乙丙丁]+(?:号|號|楼|樓|栋|棟|幢|座|单元|單元|室|层|層)")
_STREET = re.compile(r".*?(?:大道|大街|路|街|道|巷|弄|胡同|里|邨|村)(?![道村])")
_BARE_PLACE = 6  # characters shown of an address that names neither a street nor a number


def mask_name(name: str) -> str:
    """Return `W*** L**` for Wong Lei, `王*` for 王芳: first letters, with at most three stars for the rest.

    Of a Chinese, Japanese or Korean name only the very first character is kept.
    """
    words = unicodedata.normalize("NFC", name).split()
    masked = [_mask_word(word, first=index == 0) for index, word in enumerate(words)]
    return " ".join(masked) or "*" * _MOST_STARS


def _mask_word(word: str, *, first: bool) -> str:
    letters = [mark for mark in word if mark.isalpha()]
    if not letters:
        return "*"
    if _HAN_KANA_HANGUL.match(letters[0]) and not first:
        return "*" * min(len(letters), _MOST_STARS)
    stars = max(1, min(len(letters) - 1, _MOST_STARS))
    return _with_marks(word, letters[0]) + "*" * stars


def _with_marks(word: str, letter: str) -> str:
    """Return the letter with the vowel signs and accents that are written onto it."""
    rest = word[word.index(letter) + 1 :]
    return letter + "".join(takewhile(lambda mark: unicodedata.category(mark).startswith("M"), rest))


def mask_phone(phone: str) -> str:
    """Return `*****567`: the last three digits; all stars when there are hardly more than these."""
    digits = [mark for mark in unicodedata.normalize("NFKC", phone) if mark.isdecimal()]
    shown = "".join(digits[-_SHOWN_DIGITS:]) if len(digits) >= 2 * _SHOWN_DIGITS else ""
    return "*****" + shown


def mask_address(address: str) -> str:
    """Return the street without number, flat and town: `Elm Grove …`, `北京市建国路…`; else `…`."""
    plain = unicodedata.normalize("NFKC", address).strip()
    return _mask_chinese(plain) if _HAN_KANA_HANGUL.search(plain) else _mask_western(plain)


def _mask_chinese(plain: str) -> str:
    compact = re.sub(r"\s", "", plain)
    named = _HOUSE.split(compact, maxsplit=1)[0]
    street = _STREET.match(named)
    if street is not None:
        return f"{street.group()}…"
    return f"{named[: _BARE_PLACE if named != compact else min(_BARE_PLACE, len(named) // 2)]}…"


def _mask_western(plain: str) -> str:
    parts = (_street_of(part) for part in re.split(r"[,;\n،]", plain))
    street = next((street for street in parts if street), "")
    return f"{street} …" if street else "…"


def _street_of(part: str) -> str:
    """Return the first words between house and flat numbers that hold a name of three letters or more."""
    spans = _NUMBERED.sub("\n", _UNIT.sub("\n", part)).split("\n")
    named = (" ".join(span.split()).strip(" .-#") for span in spans)
    return next((name for name in named if sum(map(str.isalpha, name)) >= _LETTERS_OF_A_NAME), "")
