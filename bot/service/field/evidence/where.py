"""Which visit, and which step of it, something belongs to that a team member sends in."""

from typing import TYPE_CHECKING

from bot.service.conversations.conversation import Conversation
from bot.store import sessions
from flows.engine.session import Status

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

MAX_STEP = 120  # characters of the column


async def here(talk: "Talk") -> Conversation | None:
    """Return the conversation of the visit that this person is at: the one in front, else the newest that waits."""
    front = talk.foreground()
    if front is not None and front.visit_id is not None and front.session.status is Status.WAITING:
        return front
    rows = await sessions.visits_of_person(talk.batch.tx, talk.staff.id) if talk.staff else []
    if not rows:
        return None
    await talk.batch.load_conversations([rows[-1].id])
    return talk.batch.conversation(rows[-1].id)


def step_of(conversation: Conversation) -> str:
    """Return where a conversation stands, the outermost question first: `onsite.reason/note.record`."""
    return "/".join(f"{frame.script}.{frame.step}" for frame in conversation.session.frames)[:MAX_STEP]
