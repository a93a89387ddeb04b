"""Numbers as people type them: full-width digits, grouped thousands, a decimal point or comma, a currency beside."""

import re

_PLAIN = str.maketrans({"，": ",", "．": ".", "－": "-", "−": "-", "’": "'"})
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|-?\d{1,3}(?:[\s']\d{3})+(?:[.,]\d{1,2})?")
_SIMPLE = re.compile(r"-?\d+(?:[.,]\d{1,2})?")
_SIGN = "[£€¥￥₹₱฿₩]|(?:HK|NT|US|S|A)?[$＄]|RM|Rp|Rs|RMB|人民币|人民幣"
_CODE = "CNY|USD|GBP|EUR|INR|HKD|TWD|SGD|MYR|IDR|PHP|AUD|KRW|JPY|THB"
_CURRENCY = re.compile(rf"^(?:{_SIGN}|{_CODE})\s*|\s*(?:{_SIGN}|{_CODE}|[元块塊圆圓円원])$")
_MAX_LENGTH = 30  # more digits than any amount has


def read_number(text: str) -> int | float | None:
    """Return the number that `text` says; None when it says none, or might mean two (such as 1.500)."""
    plain = _CURRENCY.sub("", text.translate(_PLAIN).strip())
    if len(plain) > _MAX_LENGTH:
        return None
    if _GROUPED.fullmatch(plain):
        plain = _without_groups(plain)
    elif not _SIMPLE.fullmatch(plain):
        return None
    number = float(plain.replace(",", "."))
    return int(plain) if plain.lstrip("-").isdecimal() else number


def _without_groups(plain: str) -> str:
    """Drop the marks between thousands; what has one or two digits behind the last mark is the fraction."""
    head, mark, tail = plain.rpartition("." if "." in plain else ",")
    if len(tail) > 2 or not mark:  # noqa: PLR2004 - a fraction has at most two digits
        head, mark, tail = plain, "", ""
    return re.sub(r"[,\s']", "", head) + (f".{tail}" if mark else "")
