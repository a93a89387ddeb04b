"""What a button refers to, in at most 64 bytes and without a word about anybody.

A prompt's button: `session:prompt_no:option`. An action's button: `verb:subject` or `verb:subject:extra`,
with a verb of letters, so that the two cannot be taken for each other.
"""

from typing import NamedTuple

MAX_BYTES = 64
_DIGITS = 19  # of the largest id


class PromptTap(NamedTuple):
    """An option of a prompt of a conversation."""

    session_id: int
    prompt_no: int
    option: str


class ActionTap(NamedTuple):
    """An action on a subject outside any conversation."""

    verb: str
    subject_id: int
    extra: str = ""


def prompt_data(session_id: int, prompt_no: int, option: str) -> str:
    """Return the callback data of an option."""
    return f"{session_id}:{prompt_no}:{option}"


def parse(data: str) -> PromptTap | ActionTap | None:
    """Read callback data; None for anything that we never wrote."""
    head, _, rest = data.partition(":")
    middle, _, tail = rest.partition(":")
    if not _number(middle) or len(data.encode()) > MAX_BYTES:
        return None
    if _number(head):
        return PromptTap(int(head), int(middle), tail) if tail else None
    return ActionTap(head, int(middle), tail) if head.isalpha() else None


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS
