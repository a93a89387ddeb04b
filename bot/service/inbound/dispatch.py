"""What came from a chat, turned into an event of the conversation that it belongs to: a table, one row a kind."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.service.conversations.conversation import Conversation
from bot.service.conversations.talk import Talk
from bot.service.conversations.values import zone_of
from bot.service.customer.receipt import asking_for_file, take_paper
from bot.service.desk.files import chat as import_chat
from bot.service.desk.queue.alerts import alert
from bot.service.field.evidence import receive as evidence
from bot.service.field.evidence.places import receive_place
from bot.service.field.heed import heed
from bot.service.inbound import actions, commands
from bot.service.inbound.in_order import written_before
from bot.service.inbound.incoming import (
    Blocked,
    Card,
    Command,
    Edited,
    Group,
    Incoming,
    Media,
    Place,
    Strange,
    Tap,
    Unblocked,
    Words,
)
from bot.service.inbound.reference import ActionTap, PromptTap, parse
from bot.service.outbound.labels import match_label
from bot.service.outbound.texts import (
    EDITED,
    FORWARDED_PLACE,
    GROUP,
    NO_LONGER_OPEN,
    NOTHING_OPEN,
    STRANGER,
    WRITTEN_BEFORE,
)
from bot.service.person import DESK_ROLES, FIELD_ROLES
from bot.store import cases, chats
from flows.engine import (
    ChoiceTapped,
    ContactShared,
    Event,
    FileKind,
    FileSent,
    LocationShared,
    TextSent,
    open_options,
)

# Typed alone, in any case: a line of the rules may tell customers to answer so.
STOP_WORDS = frozenset({"stop", "unsubscribe", "停止", "退订", "退訂"})


async def take(talk: Talk, incoming: Incoming) -> None:
    """Take one update of this chat."""
    await TAKERS[type(incoming)](talk, incoming)


async def _tap(talk: Talk, tap: Tap) -> None:
    """Answer the tap, whatever it was: an unanswered button keeps turning on the phone."""
    reference = parse(tap.data)
    notice = talk.text(NO_LONGER_OPEN)
    if isinstance(reference, PromptTap):
        notice = await _tap_prompt(talk, tap, reference, notice)
    elif isinstance(reference, ActionTap):
        notice = await actions.act(talk, tap, reference)
    await talk.answer(talk.batch.inst.calls.answer(tap.query_id, notice))


async def _tap_prompt(talk: Talk, tap: Tap, reference: PromptTap, notice: str) -> str:
    conversation = talk.batch.conversation(reference.session_id)
    if conversation is None or conversation.chat_id != talk.chat_id:
        return notice
    event = ChoiceTapped(talk.batch.now, reference.prompt_no, reference.option)
    scene = await talk.move(conversation, event, tapped=tap.origin.message_id)
    return scene.notice


async def _words(talk: Talk, words: Words) -> None:
    """Typed text answers the open question; a typed button label counts as a tap on it, "stop" as the command."""
    if talk.staff is None and words.text.strip(" .!。！").casefold() in STOP_WORDS:
        await commands.obey(talk, Command(words.origin, "stop", ""))
        return
    conversation = talk.foreground()
    if conversation is None:
        await _nothing_open(talk)
        await heed(talk, None, words.text)
        return
    zone = await zone_of(talk.batch, conversation)
    option = match_label(talk.batch.inst, talk.locale, zone, conversation, words.text)
    if written_before(talk.batch, conversation, words.origin) and not _always_open(conversation, option):
        await talk.say(WRITTEN_BEFORE)
        await heed(talk, conversation, words.text)
        return
    event: Event = TextSent(talk.batch.now, words.text)
    if option is not None:
        event = ChoiceTapped(talk.batch.now, conversation.session.prompt_no, option)
    await talk.move(conversation, event)
    await heed(talk, conversation, words.text)


def _always_open(conversation: Conversation, option: str | None) -> bool:
    """Is this a choice that is there at every question, as SOS is?"""
    options = open_options(conversation.script, conversation.session)
    return any(one.id == option and one.permanent for one in options)


async def _nothing_open(talk: Talk) -> None:
    known = talk.staff or await cases.of_chat(talk.batch.tx, talk.chat_id)
    await talk.say(NOTHING_OPEN if known else STRANGER)


async def _to_foreground(talk: Talk, event: Event) -> None:
    conversation = talk.foreground()
    if conversation is None:
        await _nothing_open(talk)
    else:
        await talk.move(conversation, event)


async def _place(talk: Talk, place: Place) -> None:
    """A location from the field is evidence, wherever it is from; anybody else's answers the open question."""
    if talk.staff is not None and talk.staff.role in FIELD_ROLES:
        await receive_place(talk, place)
    elif place.forwarded or place.venue:
        await talk.say(FORWARDED_PLACE)
    elif not place.edited:
        await _to_foreground(
            talk, LocationShared(talk.batch.now, place.latitude, place.longitude, place.accuracy)
        )


async def _media(talk: Talk, media: Media) -> None:
    """A document from the desk is a file of cases or payments, what the field sends is evidence of a visit.

    A customer is asked for a paper, or it answers the open question as something else does.
    """
    role = talk.staff.role if talk.staff is not None else ""
    if role in DESK_ROLES and media.kind is FileKind.DOCUMENT:
        await import_chat.receive(talk, media)
    elif role in FIELD_ROLES:
        await evidence.receive(talk, media)
    elif (asked := asking_for_file(talk)) is not None:
        await take_paper(talk, asked, media)
    else:
        await _to_foreground(talk, FileSent(talk.batch.now, media.kind, media.file_ref))


async def _card(talk: Talk, card: Card) -> None:
    await _to_foreground(talk, ContactShared(talk.batch.now, card.phone, card.own))


async def _command(talk: Talk, command: Command) -> None:
    await commands.obey(talk, command)


async def _edited(talk: Talk, edited: Edited) -> None:
    await talk.say(EDITED)


async def _blocked(talk: Talk, blocked: Blocked) -> None:
    await talk.secure()
    await chats.mark_unreachable(talk.batch.tx, talk.chat_id, "blocked", talk.batch.now)
    case = await cases.of_chat(talk.batch.tx, talk.chat_id)
    if case is not None:
        await alert(talk.batch, talk.changes, "unreachable", case_id=case.id)


async def _unblocked(talk: Talk, unblocked: Unblocked) -> None:
    """Writing to us is proof enough that the chat can be reached: `intake` clears the mark for any update."""


async def _group(talk: Talk, group: Group) -> None:
    await talk.reply(talk.batch.inst.calls.say(talk.chat_id, talk.text(GROUP)))


async def _strange(talk: Talk, strange: Strange) -> None:
    """Nothing that we asked for; the update stays in the inbox, marked as handled."""


Taker = Callable[[Talk, Any], Awaitable[None]]
TAKERS: Mapping[type, Taker] = {
    Tap: _tap,
    Words: _words,
    Command: _command,
    Place: _place,
    Media: _media,
    Card: _card,
    Edited: _edited,
    Blocked: _blocked,
    Unblocked: _unblocked,
    Group: _group,
    Strange: _strange,
}
