"""Who reads what is said in a conversation."""

from dataclasses import dataclass

from bot.service.conversations.batch import Batch
from bot.service.conversations.conversation import Conversation


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, about what: enough to fill in any placeholder."""

    batch: Batch
    conversation: Conversation
    locale: str
