"""An answer that was sent before the question that is open now had reached the phone belongs to an earlier one."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.service.conversations.conversation import Conversation
from bot.service.inbound.incoming import From
from bot.store import outbox

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

_TICK = timedelta(seconds=1)  # Telegram dates messages in whole seconds


async def came_before(talk: "Talk", conversation: Conversation, origin: From) -> bool:
    """Was this sent before the open question of the conversation could be read?

    Telegram numbers the messages of a chat in their order, both sides' together. Where the question has no number
    yet its time counts; where nothing is known of it, what came is taken.
    """
    prompt_no = conversation.session.prompt_no
    pending = (*talk.changes.outbox, *talk.batch.changes.outbox)
    if any((row["session_id"], row["prompt_no"]) == (conversation.id, prompt_no) for row in pending):
        return True
    prompt = await outbox.prompt(talk.batch.tx, conversation.id, prompt_no)
    if prompt is None:
        return False
    if prompt.message_id is not None and origin.message_id is not None:
        return bool(origin.message_id < prompt.message_id)
    return origin.at is not None and origin.at + _TICK <= prompt.created_at
