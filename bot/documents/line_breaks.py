"""Where a line may end: between words, and between Chinese characters, never before closing punctuation."""

import re
from collections.abc import Callable, Iterator

_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003134f"
_CLOSING = "，。、；：？！）」』】》”’…％"
_OPENING = "（「『【《“‘"
_HARD = "\N{NO-BREAK SPACE}"
_UNIT = re.compile(
    rf"[^\S{_HARD}]+|[{_OPENING}]*[{_WIDE}][{_CLOSING}]*|(?:[^\s{_WIDE}]|{_HARD})+[{_CLOSING}]*"
)


def wrap(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """Yield the lines of a paragraph, none wider than `width` by `measure`; a longer word is broken."""
    line = ""
    for unit in (piece for found in _UNIT.findall(text) for piece in _pieces(found, width, measure)):
        if line and measure(line + unit.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += unit if line else unit.lstrip()
    yield line.rstrip()


def _pieces(unit: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """Yield a unit whole, or cut into what fits if it is wider than a line."""
    while len(unit) > 1 and measure(unit) > width:
        fits = next(n for n in range(len(unit) - 1, 0, -1) if n == 1 or measure(unit[:n]) <= width)
        yield unit[:fits]
        unit = unit[fits:]
    yield unit
