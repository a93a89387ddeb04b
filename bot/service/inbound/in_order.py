"""Messages of one chat in the order in which they were written, however they came in; and which came too late.

Telegram numbers the messages of a private chat as it takes them in, so that what was written before a question has a
lower number than the message that asked it. That needs no clock, neither the phone's nor ours.
"""

from collections.abc import Sequence
from typing import Any

from bot.service.conversations.batch import Batch
from bot.service.conversations.conversation import Conversation
from bot.service.inbound.incoming import Card, Command, From, Incoming, Media, Place, Words

Update = tuple[Any, Incoming]
NUMBERED = (
    Words,
    Command,
    Place,
    Media,
    Card,
)  # a tap or an edit has the number of the message that it is about


def in_order(updates: Sequence[Update]) -> list[Update]:
    """Return one chat's updates with its messages in their own order; taps stay where they came in."""
    places = [at for at, (_, one) in enumerate(updates) if isinstance(one, NUMBERED)]
    written = sorted((updates[at] for at in places), key=_number)
    sorted_ones = dict(zip(places, written, strict=True))
    return [sorted_ones.get(at, update) for at, update in enumerate(updates)]


def _number(update: Update) -> int:
    origin: From = update[1].origin  # type: ignore[union-attr]
    return origin.message_id or 0


def written_before(batch: Batch, conversation: Conversation, origin: From) -> bool:
    """Was this written before the open question was asked, so that it cannot be its answer?"""
    if conversation.id in batch.just_asked:
        return True
    asked = batch.asked_in(conversation.id)
    return asked is not None and origin.message_id is not None and origin.message_id < asked
