"""Heeding what people write: a duress word calls for help, cue words offer a card. Nothing is decided."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.casework.crisis_lines import crisis_line
from bot.casework.cues import Card
from bot.service.conversations.conversation import Conversation
from bot.service.desk.queue.alerts import alert
from bot.service.inbound.incoming import Command, Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import (
    CARD_OFFERS,
    CRISIS_OFFER,
    NO_LONGER_OPEN,
    OPEN_CARD,
    WORD_HOW,
    WORD_KEPT,
)
from bot.service.person import seal_word
from bot.store import cases, people
from flows.engine import ChoiceTapped, InterruptRaised

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

MIN_WORD = 4  # characters: shorter ones would come up by chance
BEHIND: Mapping[Card, tuple[str, str | None]] = {
    Card.SELF_HARM: ("cards", "self_harm"),
    Card.WELLBEING: ("cards", "wellbeing"),
    Card.LEAVE: ("leave", None),
}  # the permanent choice, and what is chosen there


async def heed(talk: "Talk", conversation: Conversation | None, words: str) -> None:
    """Look at what was typed, in an open conversation or outside of any."""
    card = talk.batch.inst.library.cues.card_for(words)
    if talk.staff is None:
        if card is Card.SELF_HARM:
            await _comfort(talk)
    elif conversation is not None and conversation.visit_id is not None:
        await _duress(talk, conversation, words)
        if card is not None:
            await _offer(talk, conversation, card)


async def _comfort(talk: "Talk") -> None:
    """Somebody who writes of ending their life is given a number to call at once, and a person is told."""
    row = await cases.of_chat(talk.batch.tx, talk.chat_id)
    if row is None:
        return
    case = await talk.batch.case(row.id)
    await talk.say(CRISIS_OFFER, crisis_line=crisis_line(case.jurisdiction))
    await talk.secure()
    await alert(talk.batch, talk.changes, "self_harm_words", case_id=case.id)


async def _duress(talk: "Talk", conversation: Conversation, words: str) -> None:
    """Call for help as SOS does, with no sign of it on a screen that somebody may be looking at."""
    person = talk.staff
    if person is None or not person.word or person.word not in words.casefold():
        return
    await talk.secure()
    await alert(
        talk.batch,
        talk.changes,
        "sos",
        case_id=conversation.case_id or 0,
        visit_id=conversation.visit_id,
        person_id=person.id,
    )


async def _offer(talk: "Talk", conversation: Conversation, card: Card) -> None:
    calls = talk.batch.inst.calls
    button = (talk.plain(OPEN_CARD), f"card:{conversation.id}:{card}")
    await talk.reply(calls.menu(talk.chat_id, talk.text(CARD_OFFERS[card]), [[button]]))


async def open_card(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Open the card that was offered, above whatever question is open now."""
    await talk.batch.load_conversations([reference.subject_id])
    conversation = talk.batch.conversation(reference.subject_id)
    if conversation is None or conversation.chat_id != talk.chat_id:
        return talk.plain(NO_LONGER_OPEN)
    interrupt, choice = BEHIND[Card(reference.extra)]
    offer, now = tap.origin.message_id, talk.batch.now
    await talk.move(conversation, InterruptRaised(now, interrupt), tapped=offer)
    if choice is not None:
        await talk.move(conversation, ChoiceTapped(now, conversation.session.prompt_no, choice), tapped=offer)
    return ""


async def set_word(talk: "Talk", command: Command) -> None:
    """`/word WORD`: keep one's own word for silent help, sealed; the message that named it should be deleted."""
    word = command.argument.casefold()
    if talk.staff is None or len(word) < MIN_WORD:
        await talk.say(WORD_HOW)
        return
    await talk.secure()
    await people.change(talk.batch.tx, talk.staff.id, word_enc=seal_word(talk.batch.inst.vault, word))
    await talk.say(WORD_KEPT)
