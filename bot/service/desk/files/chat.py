"""The scheduler's chat about files: one comes in, is asked about, taken, declined, undone; the last ones are listed."""

from typing import TYPE_CHECKING, Any

from bot.casework.layouts import CASES, PAYMENTS
from bot.i18n import formats
from bot.ids import new_id
from bot.service.conversations.batch import INTAKE_KEY
from bot.service.desk.files.texts import (
    EXPLAINED,
    KINDS,
    LAST_FILE,
    LAST_FILES,
    NOT_TAKEN,
    READING,
    STATES,
    TAKING,
    TOO_LARGE,
    UNDO_NUMBER,
    UNDOING,
)
from bot.service.inbound.incoming import MAX_MEGABYTES, MEGABYTE, Command, Media, Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel, to_staff
from bot.service.outbound.texts import NO_LONGER_OPEN
from bot.store import batches
from flows.rules import Purpose

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

PLACE = "files.name"
SHOWN = 5
COUNTS = ("new", "changed", "unchanged", "rejected")


def progress_key(batch_id: int) -> str:
    """Return the key of the message that shows how far a file is."""
    return f"batch:{batch_id}"


async def receive(talk: "Talk", media: Media) -> None:
    """Take note of a file that somebody of the desk sent; a worker fetches it and looks at it."""
    if media.size is not None and media.size > MAX_MEGABYTES * MEGABYTE:
        await talk.say(TOO_LARGE, limit=MAX_MEGABYTES)
        return
    await talk.secure()
    inst, tx, batch_id = talk.batch.inst, talk.batch.tx, new_id()
    person_id = talk.staff.id if talk.staff else None
    row = {"id": batch_id, "state": "received", "person_id": person_id, "counts": {}}
    await batches.add(tx, row | {"created_at": talk.batch.now})
    name = (media.name or "?").encode()
    file = {"batch_id": batch_id, "file_ref": media.file_ref, "body_enc": None}
    await batches.put_file(tx, file | {"name_enc": inst.vault.seal(INTAKE_KEY, name, PLACE)})
    call = inst.calls.say(talk.chat_id, talk.text(READING))
    parcel = Parcel(call, progress_key(batch_id), talk.chat_id, Lane.REPLIES, Purpose.REPLY)
    to_staff(talk.batch, talk.changes, parcel)


async def explain(talk: "Talk", command: Command) -> None:
    """Say how to send a file in, and list the last ones with a button to undo each."""
    required, payments = ", ".join(CASES.required), ", ".join(PAYMENTS.columns)
    parts = [talk.text(EXPLAINED, columns=required, payments=payments)]
    rows = await batches.recent(talk.batch.tx, SHOWN)
    if rows:
        parts.append(talk.text(LAST_FILES))
        parts += [_line(talk, number, row) for number, row in enumerate(rows, start=1)]
    buttons = [
        [(talk.plain(UNDO_NUMBER).format(number=number), f"undo:{row.id}")]
        for number, row in enumerate(rows, start=1)
        if row.state == "taken"
    ]
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, "\n\n".join(parts), buttons))


def _line(talk: "Talk", number: int, row: Any) -> str:
    zone = talk.batch.inst.settings.timezone
    return talk.text(
        LAST_FILE,
        number=number,
        day=formats.day(talk.locale, zone, row.created_at),
        time=formats.clock(talk.locale, zone, row.created_at),
        kind=talk.plain(KINDS[row.kind]),
        state=talk.plain(STATES[row.state]),
        **{name: formats.number(talk.locale, row.counts.get(name, 0)) for name in COUNTS},
    )


async def accept(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Have a file taken in that was looked at."""
    return await _decide(talk, tap, reference, ("proposed", "wanted"), TAKING)


async def decline(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Forget a file that was looked at."""
    notice = await _decide(talk, tap, reference, ("proposed", "declined"), NOT_TAKEN)
    row = await batches.by_id(talk.batch.tx, reference.subject_id)
    if row is not None and row.state == "declined":
        await batches.drop_file(talk.batch.tx, row.id)
    return notice


async def undo(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Have a file undone that was taken in."""
    return await _decide(talk, tap, reference, ("taken", "undoing"), UNDOING)


async def _decide(talk: "Talk", tap: Tap, reference: ActionTap, states: tuple[str, str], notice: Any) -> str:
    """Move a file on once, whoever taps how often, and tell them how it went; the buttons that asked go away."""
    before, after = states
    mine = {"person_id": talk.staff.id} if talk.staff else {}
    moved = await batches.move(talk.batch.tx, reference.subject_id, (before,), after, **mine)
    if tap.origin.message_id is not None:
        await talk.reply(talk.batch.inst.calls.close(talk.chat_id, tap.origin.message_id))
    return talk.plain(notice if moved else NO_LONGER_OPEN)
