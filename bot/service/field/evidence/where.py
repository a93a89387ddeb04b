"""Which visit, and which step of it, something belongs to that a team member sends in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.casework.evidence import Kind
from bot.service.conversations.conversation import Conversation
from bot.store import evidence, sessions
from flows.engine.session import Status

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

MAX_STEP = 120  # characters of the column
LATE = "late"  # the first step of what came after its visit
MADE_GOOD_WITHIN = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Spot:
    """A step of a visit: the outermost question first, as `onsite.reason/note.record`.

    `replaces` is a piece that could not be kept, and that was asked for again.
    """

    case_id: int
    visit_id: int | None
    step: str
    replaces: int | None = None


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


def spot_of(conversation: Conversation) -> Spot:
    """Return where a conversation stands."""
    step = "/".join(f"{frame.script}.{frame.step}" for frame in conversation.session.frames)
    return Spot(conversation.case_id or 0, conversation.visit_id, step[:MAX_STEP])


async def gap_of(talk: "Talk", kind: Kind, answers: int | None) -> Spot | None:
    """Return where something is missing that this person was asked to send again, now that the visit is over.

    Of several it is the one that they `answer`, else the newest of the same kind, else the newest.
    """
    since = talk.batch.now - MADE_GOOD_WITHIN
    rows = await evidence.gaps_of(talk.batch.tx, talk.staff.id, since) if talk.staff else []
    if not rows:
        return None
    row = max(rows, key=lambda one: (one.message_id == answers, one.kind == kind, one.id))
    await talk.batch.load_keys([row.case_id])
    return Spot(row.case_id, row.visit_id, f"{LATE}/{row.step}"[:MAX_STEP], row.id)
