"""What a customer was written, for a file about the case or for the customer; nothing here goes to a chat."""

from typing import Any

from bot.service.outbound.post import open_call, with_lines, words_of
from bot.store.vault import Vault


def html_of(vault: Vault, row: Any) -> str:
    """Return the words of a message to a customer as they left, as html; the key of its case must be loaded."""
    call, lines = open_call(vault, row.key_id, row.body_enc)
    whole = with_lines(call, lines)
    return str(whole.payload.get(words_of(whole) or "", ""))
