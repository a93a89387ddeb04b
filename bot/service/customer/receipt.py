"""A paper that a customer sends in, such as the receipt of a payment: kept sealed like evidence of a visit."""

from typing import TYPE_CHECKING, Any

from bot.i18n.text import T
from bot.service.field.evidence.receive import note_down
from bot.service.field.evidence.where import spot_of
from bot.service.inbound.incoming import MAX_MEGABYTES, Media
from flows.engine import FileKind, FileSent, wanted
from flows.script import InputKind

if TYPE_CHECKING:
    from bot.service.conversations.conversation import Conversation
    from bot.service.conversations.talk import Talk

TAKEN = (FileKind.PHOTO, FileKind.DOCUMENT)

TOO_LARGE = T(
    "receipt/too_large",
    "That file is too large for me: I can take {limit} MB. A photo of the receipt is enough, or send it to {contact}.",
)
WRONG_TYPE = T(
    "receipt/wrong_type",
    "I cannot open that kind of file. A photo or a PDF of the receipt is fine, or send it to {contact}.",
)
LOST = T(
    "receipt/lost",
    "Your file did not reach me, however often I asked for it. Please send it once more, or send it to {contact}.",
)
REFUSALS = {"too_large": TOO_LARGE, "wrong_type": WRONG_TYPE}


def asking_for_file(talk: "Talk") -> "Conversation | None":
    """Return the conversation that asks for a paper right now."""
    asked = talk.foreground()
    return asked if asked is not None and wanted(asked.script, asked.session) is InputKind.FILE else None


async def take_paper(talk: "Talk", conversation: "Conversation", media: Media) -> None:
    """Keep what answers the open question; what cannot be kept is told at once, and the question stays open."""
    if media.kind not in TAKEN:
        await say_refused(talk, None, "wrong_type", 0)
        return
    await talk.secure()
    row = await note_down(talk, spot_of(conversation), media)
    if row.state == "refused":
        await say_refused(talk, row, row.fault, row.claimed_size or 0)
    else:
        await talk.move(conversation, FileSent(talk.batch.now, media.kind, media.file_ref))


async def say_kept(talk: "Talk", row: Any) -> None:
    """Nothing more is said: the conversation has thanked already."""


async def say_same(talk: "Talk", first: Any) -> None:
    """Nothing more is said: it is there."""


async def say_refused(talk: "Talk", row: Any, fault: str, size: int) -> None:
    """Say why a paper is not kept, and what to do."""
    await talk.say(REFUSALS[fault], limit=MAX_MEGABYTES, contact=talk.batch.inst.settings.contact)


async def say_lost(talk: "Talk", row: Any) -> None:
    """Say that a paper could not be fetched, and what to do."""
    await talk.say(LOST, contact=talk.batch.inst.settings.contact)
