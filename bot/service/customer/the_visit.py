"""The customer's visit, shown again."""

from typing import TYPE_CHECKING

from bot.service.outbound.texts import NO_VISIT
from bot.store import cases, sessions

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk


async def show_visit(talk: "Talk") -> None:
    """Show the open question about this chat's visit again; say so when there is none."""
    case = await cases.of_chat(talk.batch.tx, talk.chat_id)
    rows = await sessions.waiting_of_case(talk.batch.tx, case.id, None) if case is not None else []
    about = [row.id for row in rows if row.visit_id is not None and row.chat_id == talk.chat_id]
    await talk.batch.load_conversations(about)
    conversation = talk.batch.conversation(about[-1]) if about else None
    if conversation is None:
        await talk.say(NO_VISIT)
    else:
        await talk.repeat(conversation)
