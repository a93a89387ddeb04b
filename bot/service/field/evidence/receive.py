"""Evidence as it comes into a team member's chat: a row first, a short word at once, the file later."""

from typing import TYPE_CHECKING, Any

from bot.casework.evidence import Kind
from bot.ids import new_id
from bot.service.conversations.conversation import Conversation
from bot.service.field.evidence.confirm import confirm, say_refused, say_same
from bot.service.field.evidence.consent import may_record
from bot.service.field.evidence.items import seal_detail
from bot.service.field.evidence.texts import NO_VISIT
from bot.service.field.evidence.where import Spot, gap_of, here, spot_of
from bot.service.field.heed import heed
from bot.service.inbound.incoming import MAX_MEGABYTES, MEGABYTE, Media
from bot.store import evidence
from flows.engine import FileKind, FileSent, wanted
from flows.script import InputKind

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

KINDS = {FileKind.PHOTO: Kind.PHOTO, FileKind.VOICE: Kind.VOICE, FileKind.OTHER: Kind.OTHER}
CLAIMS = {"image": Kind.PHOTO_FILE, "audio": Kind.VOICE}  # of a file's claimed type
LONGEST_TYPE, LONGEST_ALBUM = 100, 40  # characters of the columns


async def receive(talk: "Talk", media: Media) -> None:
    """Take note of a file; where the open question asks for one, it answers that, too."""
    conversation = await here(talk)
    spot = (
        spot_of(conversation) if conversation is not None else await gap_of(talk, _kind(media), media.answers)
    )
    if spot is None:
        await talk.say(NO_VISIT)
        return
    await talk.secure()
    row = await note_down(talk, spot, media)
    await _say(talk, row)
    if conversation is not None and row.state != "refused":
        await _answer(talk, conversation, media)
    if media.caption:
        await heed(talk, conversation, media.caption)


async def _answer(talk: "Talk", conversation: Conversation, media: Media) -> None:
    """Let a file answer the open question if that asks for one."""
    asked = conversation is talk.foreground() and wanted(conversation.script, conversation.session)
    if asked is InputKind.FILE:
        await talk.move(conversation, FileSent(talk.batch.now, media.kind, media.file_ref))


async def note_down(talk: "Talk", spot: Spot, media: Media) -> Any:
    """Put a row down, whatever becomes of it, and return it."""
    batch, case_id = talk.batch, spot.case_id
    first = await evidence.of_unique(batch.tx, case_id, media.unique_ref) if media.unique_ref else None
    fault = _fault(media)
    state = "refused" if fault else "same" if first is not None else "received"
    kind = _kind(media)
    words: dict[str, Any] = {"name": media.name or "", "caption": media.caption or ""}
    if kind is Kind.VOICE:
        words["agreed"] = await may_record(batch, spot)
    row = sent_in(talk, spot, media.origin.message_id) | {
        "album": (media.album or "")[:LONGEST_ALBUM] or None,
        "kind": kind,
        "state": state,
        "fault": fault,
        "file_ref": media.file_ref,
        "unique_ref": media.unique_ref,
        "claimed_type": (media.claimed or "")[:LONGEST_TYPE] or None,
        "claimed_size": media.size,
        "detail_enc": seal_detail(batch.inst.vault, case_id, **words),
        "first_id": first.id if first is not None and state == "same" else spot.replaces,
        "said_at": media.origin.at or batch.now,
        "due_at": batch.now if state == "received" else None,
    }
    await evidence.add(batch.tx, row)
    return await evidence.by_id(batch.tx, row["id"])


def sent_in(talk: "Talk", spot: Spot, message_id: int | None) -> dict[str, Any]:
    """Return what every piece of evidence has: who, where, at which visit and step."""
    return {
        "id": new_id(),
        "case_id": spot.case_id,
        "visit_id": spot.visit_id,
        "person_id": talk.staff.id if talk.staff else None,
        "chat_id": talk.chat_id,
        "message_id": message_id,
        "step": spot.step,
        "received_at": talk.batch.now,
    }


async def _say(talk: "Talk", row: Any) -> None:
    if row.state == "refused":
        await say_refused(talk, row, row.fault, row.claimed_size or 0)
    elif row.state == "same":
        await say_same(talk, await evidence.by_id(talk.batch.tx, row.first_id))
    else:
        await confirm(talk, row)


def _fault(media: Media) -> str | None:
    if media.kind is FileKind.OTHER:
        return "wrong_type"
    return "too_large" if (media.size or 0) > MAX_MEGABYTES * MEGABYTE else None


def _kind(media: Media) -> Kind:
    """Return what it is as far as its sender's phone says; its content has the last word."""
    claimed = CLAIMS.get((media.claimed or "").partition("/")[0], Kind.DOCUMENT)
    return KINDS.get(media.kind, claimed)
