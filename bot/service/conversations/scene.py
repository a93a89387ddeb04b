"""One event in one conversation, and where what comes of it is put down."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.ids import new_id
from bot.service.audit_line import About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.conversations.conversation import Conversation
from bot.service.conversations.reader import Reader
from bot.service.outbound.contact import to_customer
from bot.service.outbound.outgoing import Call, Lane
from bot.service.outbound.post import Parcel, to_staff
from flows.engine import EffectDone, Perform
from flows.rules import Purpose
from flows.script import Text


@dataclass(slots=True)
class Scene:
    """One event and all that comes of it, for one conversation. `tapped` is the message that was tapped."""

    batch: Batch
    changes: Changes
    conversation: Conversation
    locale: str
    perform: Callable[["Scene", Perform], Awaitable[EffectDone]]
    purpose: Purpose = Purpose.REPLY
    unasked: bool = False
    tapped: int | None = None
    notice: str = ""  # what the tap's own answer says
    idle: bool = False  # the event did not move the conversation
    said: int = 0  # effects of this scene so far, for their keys

    @property
    def reader(self) -> Reader:
        """Return who reads what is said here."""
        return Reader(self.batch, self.conversation, self.locale)

    def text(self, text: Text) -> str:
        """Return a text without placeholders in the reader's language, as html."""
        inst = self.batch.inst
        return inst.calls.escape(inst.catalogues.text(self.locale, text.context, text.msgid))

    def key(self) -> str:
        """Return a key for the next message: the same after a replay, never the same twice.

        A turn that moved nothing, such as an answer that could not be taken, has no number of its own.
        """
        if self.idle:
            return f"{self.conversation.id}:x{new_id()}"
        self.said += 1
        return f"{self.conversation.id}:{self.conversation.session.turn}:{self.said}"

    async def send(self, call: Call, *, prompt_no: int | None = None, lane: Lane = Lane.REPLIES) -> None:
        """Put a message to this conversation's chat down, through the gate when it is a customer's."""
        conversation = self.conversation
        parcel = Parcel(
            call=call,
            key=self.key(),
            chat_id=conversation.chat_id,
            lane=Lane.REMINDERS if self.unasked and lane is Lane.REPLIES else lane,
            purpose=self.purpose,
            session_id=conversation.id,
            visit_id=conversation.visit_id,
            prompt_no=prompt_no,
            unasked=self.unasked,
        )
        if conversation.case_id is None or conversation.person_id is not None:
            to_staff(self.batch, self.changes, parcel)
        else:
            await to_customer(self.batch, self.changes, await self.batch.case(conversation.case_id), parcel)


def note(scene: Scene, kind: str, **data: object) -> None:
    """Write a line into the audit log: codes and ids only, never words."""
    conversation = scene.conversation
    scene.changes.audit.append(
        audit_line(
            scene.batch.now,
            conversation.actor,
            kind,
            About(conversation.case_id, conversation.visit_id),
            **data,
        )
    )
