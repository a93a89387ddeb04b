"""One chat's share of a batch, and what a handler needs to speak in that chat."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

from bot.i18n.negotiate import choose
from bot.ids import new_id
from bot.service.audit_line import colleague
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.conversations.conversation import BACK_TO, Conversation, new_conversation
from bot.service.conversations.scene import Scene
from bot.service.conversations.turns import run
from bot.service.outbound.contact import to_customer
from bot.service.outbound.outgoing import Call, Lane
from bot.service.outbound.post import Parcel, answer_tap, to_staff
from bot.service.outbound.texts import ENDED_BY_PARTNER
from bot.service.person import Person
from bot.store import cases
from flows.engine import Event, Recalled, Signalled, Started
from flows.engine.session import Status
from flows.rules import Purpose
from flows.script import Text


@dataclass(slots=True)
class Talk:
    """What came from one chat in this batch. `savepoint` holds what its performances wrote until it is sure."""

    batch: Batch
    chat_id: int
    language_code: str | None = None
    changes: Changes = field(default_factory=Changes)
    savepoint: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def staff(self) -> Person | None:
        """Return the member of staff whose chat this is."""
        return self.batch.staff(self.chat_id)

    @property
    def actor(self) -> str:
        """Return how the log calls the member of staff whose chat this is."""
        return colleague(self.staff.id if self.staff else None)

    @property
    def locale(self) -> str:
        """Return the language of this chat: own choice, the lender's record, Telegram's hint, the default."""
        chat = self.batch.chat(self.chat_id)
        record = self.staff.locale if self.staff else None
        own = chat.locale if chat is not None else None
        return choose(own, record, self.language_code, self.batch.inst.settings.locale)

    def text(self, text: Text, **values: object) -> str:
        """Return one of our own texts in this chat's language, as html."""
        words = self.batch.inst.catalogues.text(self.locale, text.context, text.msgid)
        return self.batch.inst.calls.escape(words.format_map(values) if values else words)

    def plain(self, text: Text) -> str:
        """Return one of our own texts as it is, for buttons and notices."""
        return self.batch.inst.catalogues.text(self.locale, text.context, text.msgid)

    def foreground(self) -> Conversation | None:
        """Return the conversation that typed text belongs to."""
        if self.chat_id in self.changes.foreground:
            session_id = self.changes.foreground[self.chat_id]
        else:
            chat = self.batch.chat(self.chat_id)
            session_id = chat.session_id if chat is not None else None
        return self.batch.conversation(session_id) if session_id else None

    async def reply(self, call: Call, *, lane: Lane = Lane.REPLIES, purpose: Purpose = Purpose.REPLY) -> None:
        """Answer in this chat, outside any conversation."""
        parcel = Parcel(call, f"r{new_id()}", self.chat_id, lane, purpose)
        row = None if self.staff else await cases.of_chat(self.batch.tx, self.chat_id)
        if row is None:
            to_staff(self.batch, self.changes, parcel)
        else:
            await to_customer(self.batch, self.changes, await self.batch.case(row.id), parcel)

    async def say(self, text: Text, *, lane: Lane = Lane.REPLIES, **values: object) -> None:
        """Answer with one of our own texts."""
        await self.reply(self.batch.inst.calls.say(self.chat_id, self.text(text, **values)), lane=lane)

    async def answer(self, call: Call) -> None:
        """Answer a tap; it is no message, so it counts towards nothing."""
        parcel = Parcel(call, f"t{new_id()}", self.chat_id, Lane.REPLIES, Purpose.REPLY)
        answer_tap(self.batch, self.changes, parcel)

    async def elsewhere(self, chat_id: int) -> "Talk":
        """Return a talk in another chat whose changes stand or fall with this one's."""
        await self.batch.load([chat_id])
        return Talk(self.batch, chat_id, changes=self.changes, savepoint=self.savepoint)

    async def tell_partner(self, conversation: Conversation, visit: Any) -> None:
        """End the colleague's part of this visit, whatever question is open there."""
        mine = conversation.person_id
        other = visit.safety_officer_id if visit.collector_id == mine else visit.collector_id
        partner = await self.batch.person(other)
        if partner.chat_id is not None:
            talk = await self.elsewhere(partner.chat_id)
            theirs = await self.batch.open_part(visit.id, partner.id)
            if theirs is None:
                await talk.say(ENDED_BY_PARTNER)
            else:
                await talk.move(theirs, Signalled(self.batch.now, "ended"))

    async def repeat(self, conversation: Conversation) -> None:
        """Show the open question of a conversation again, and let typed text belong to it."""
        await self.move(conversation, Recalled(self.batch.now))

    async def move(
        self,
        conversation: Conversation,
        event: Event,
        *,
        tapped: int | None = None,
        unasked: bool = False,
        purpose: Purpose = Purpose.REPLY,
    ) -> Scene:
        """Give an event to a conversation of this chat."""
        scene = Scene(
            batch=self.batch,
            changes=self.changes,
            conversation=conversation,
            locale=self.locale,
            perform=lambda scene, order: self.batch.inst.perform(self, scene, order),
            tapped=tapped,
            unasked=unasked,
            purpose=purpose,
        )
        await run(scene, event)
        if not unasked:
            await self._lead_back(conversation)
        return scene

    async def _lead_back(self, ended: Conversation) -> None:
        """Show the question again that was open before a conversation beside it, once that has ended."""
        before = ended.session.values.get(BACK_TO)
        if ended.session.status is not Status.DONE or not isinstance(before, int):
            return
        await self.batch.load_conversations([before])
        waiting = self.batch.conversation(before)
        if waiting is not None and waiting.session.status is not Status.DONE:
            await self.repeat(waiting)

    async def begin(
        self,
        script: str,
        *,
        case_id: int | None = None,
        visit_id: int | None = None,
        unasked: bool = False,
        purpose: Purpose = Purpose.REPLY,
        values: Mapping[str, object] | None = None,
    ) -> Conversation:
        """Begin a conversation in this chat, with `values` it starts from, and let it speak first."""
        conversation = new_conversation(
            self.batch.inst,
            script,
            self.chat_id,
            self.batch.now,
            case_id=case_id,
            visit_id=visit_id,
            person_id=self.staff.id if self.staff else None,
            values=values,
        )
        self.batch.keep(conversation)
        await self.move(conversation, Started(self.batch.now), unasked=unasked, purpose=purpose)
        return conversation

    async def secure(self) -> None:
        """Open a savepoint before the first performance, so that a later fault undoes it."""
        if not self.changes.secured:
            self.changes.secured = True
            await self.savepoint.enter_async_context(self.batch.tx.begin_nested())
