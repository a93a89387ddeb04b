"""HTML of messages as Telegram reads it: a few tags, everything else refused with its own words."""

import html
import re

from bot.sandbox.refusal import bad_request

TAGS = frozenset(
    {
        *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a"),
        *("tg-spoiler", "tg-emoji", "tg-time", "blockquote", "span"),
    }
)
_MARK = re.compile(r"<(/?)([a-zA-Z-]*)([^<>]*)(>?)|&([a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);?")
_ENTITIES = frozenset({"lt", "gt", "amp", "quot"})


def plain_text(source: str) -> str:
    """Return the text without its tags. Raises `Refusal` for tags that do not fit."""
    open_tags: list[str] = []
    parts: list[str] = []
    position = 0
    for found in _MARK.finditer(source):
        parts.append(source[position : found.start()])
        position = found.end()
        if found.group(5) is not None:
            parts.append(_entity(found.group(0), found.group(5)))
        else:
            _tag(found, open_tags)
    if open_tags:
        raise bad_request(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1]}\""
        )
    return "".join([*parts, source[position:]])


def _entity(whole: str, name: str) -> str:
    return html.unescape(f"&{name};") if name.startswith("#") or name in _ENTITIES else whole


def _tag(found: re.Match[str], open_tags: list[str]) -> None:
    closing, name, end = found.group(1), found.group(2).lower(), found.group(4)
    offset = found.start()
    if name not in TAGS or not end:
        raise bad_request(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {offset}')
    if not closing:
        open_tags.append(name)
    elif not open_tags or open_tags.pop() != name:
        raise bad_request(f"can't parse entities: Unexpected end tag at byte offset {offset}")
