"""In which encoding a table was written: its mark, else what its bytes can only be.

Short Chinese files are the hard case: nearly every pair of bytes is a character in GBK and in Big5 alike.
But both standards put the everyday characters of their own language into one block (GB 2312 level 1, Big5
level 1), and text in the one, read as the other, falls outside of that block. So the share of everyday
characters decides, together with those that are frequent in names and addresses.
"""

import codecs
import re
from typing import BinaryIO

from charset_normalizer import from_bytes

from bot.documents import refusals
from bot.errors import FileRefused

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 64 * 1024  # bytes that are weighed
_PIECE = 1024 * 1024  # bytes that are decoded at once
_CONVINCING = 0.5  # the share of everyday characters below which it is no Chinese text
_LAST_ASCII = 0x80
# first and second bytes of punctuation and of the first level, where both standards have everyday characters
_GB_EVERYDAY = frozenset({0xA1, 0xA3, *range(0xB0, 0xD8)}), frozenset(range(0xA1, 0xFF))
_BIG5_EVERYDAY = frozenset(range(0xA1, 0xC7)), frozenset({*range(0x40, 0x7F), *range(0xA1, 0xFF)})
_FREQUENT = frozenset(
    "的一是不了在人有我他这中大来上国和地到王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭路街道号室市区县省村楼栋单元这來國張劉陳楊黃趙吳孫馬羅鄭謝韓馮蕭鄧許呂"
    "蘇盧蔣賈葉閻鍾譚號區縣樓棟單龍鎮鄉灣東门廣華新北南西安平明文小天生子年月日心家學請電話聯絡客戶备注薪工"
)
# the letters that Western Europe adds to the alphabet; three of them in a row are another alphabet
_WESTERN = re.compile("[\x00-\x7f€‘’“”–ŒœŠšŽž£§«°·º»¿À-ÖØ-öø-ÿ]*")
_FOREIGN_RUN = re.compile("[À-ÿ]{3}")
_OTHERS = ["cp1250", "cp1251", "cp1253", "cp1254", "cp1258", "shift_jis_2004", "euc_kr"]


def encoding_of(file: BinaryIO, name: str) -> str:
    """Return the name of the encoding that the whole file can be read in. Raises `FileRefused` if none fits."""
    file.seek(0)
    head = file.read(_SAMPLE)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    encoding = marked or _unmarked_utf(file, head) or _by_letters(file)
    if encoding is None or not _readable(file, encoding):
        raise FileRefused(refusals.ENCODING, file=name)
    return encoding


def _readable(file: BinaryIO, encoding: str) -> bool:
    """Can the whole file be read so? It is decoded piece by piece and nothing is kept."""
    file.seek(0)
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _unmarked_utf(file: BinaryIO, head: bytes) -> str | None:
    """Tell UTF-16 by the zeros beside its commas and digits, UTF-8 by being readable as such."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd > len(head) // 20:
        return "utf-16-be" if even > odd else "utf-16-le"
    return "utf-8" if _readable(file, "utf-8") else None


def _by_letters(file: BinaryIO) -> str | None:
    sample = _telling(file)
    return _chinese(file, sample) or _western(file, sample) or _other(sample)


def _telling(file: BinaryIO) -> bytes:
    """Return the lines that are more than ASCII, as many as are weighed: they may come late in the file."""
    file.seek(0)
    found = bytearray()
    while len(found) < _SAMPLE and (line := file.readline(_SAMPLE)):
        if not line.isascii():
            found += line
    return bytes(found)


def _chinese(file: BinaryIO, sample: bytes) -> str | None:
    scores = {
        "gb18030": _everyday(sample, *_GB_EVERYDAY) + _frequent(sample, "gb18030"),
        "big5hkscs": _everyday(sample, *_BIG5_EVERYDAY) + _frequent(sample, "big5hkscs"),
    }
    likely = {name: score for name, score in scores.items() if score >= _CONVINCING and _readable(file, name)}
    return max(likely, key=lambda name: likely[name], default=None)


def _frequent(sample: bytes, encoding: str) -> float:
    """Return the share of frequent characters."""
    wide = [mark for mark in sample.decode(encoding, "ignore") if not mark.isascii()]
    return sum(mark in _FREQUENT for mark in wide) / len(wide) if wide else 0


def _everyday(data: bytes, leads: frozenset[int], trails: frozenset[int]) -> float:
    """Return the share of two-byte characters that are in a block of everyday ones."""
    pairs = _pairs(data)
    return sum(lead in leads and trail in trails for lead, trail in pairs) / len(pairs) if pairs else 0


def _pairs(data: bytes) -> list[tuple[int, int]]:
    """Return the two-byte characters; in both encodings they begin with a byte from 81."""
    pairs, at = [], 0
    while at < len(data) - 1:
        wide = data[at] > _LAST_ASCII
        if wide:
            pairs.append((data[at], data[at + 1]))
        at += 2 if wide else 1
    return pairs


def _western(file: BinaryIO, sample: bytes) -> str | None:
    words = sample.decode("cp1252", "replace")
    likely = _WESTERN.fullmatch(words) and not _FOREIGN_RUN.search(words)
    return "cp1252" if likely and _readable(file, "cp1252") else None


def _other(sample: bytes) -> str | None:
    found = from_bytes(sample, cp_isolation=_OTHERS).best()
    return found.encoding if found is not None else None
