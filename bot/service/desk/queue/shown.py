"""Items of the queue on people's screens: shown, and kept true wherever they are shown."""

from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.desk.queue.card import card
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel, to_staff
from bot.service.person import DESK_ROLES, Person
from bot.store import alerts
from flows.rules import Purpose


async def show(
    batch: Batch,
    changes: Changes,
    person: Person,
    alert_id: int,
    *,
    full: bool,
    edit: int | None = None,
    lane: Lane = Lane.REPLIES,
) -> None:
    """Show an alert as it stands now in a scheduler's chat, as a new message or in place of message `edit`."""
    row = await alerts.by_id(batch.tx, alert_id)
    if row is None or person.chat_id is None:
        return
    html, buttons = await card(batch, person, row, full=full)
    call = batch.inst.calls.menu(person.chat_id, html, buttons, edit)
    outbox_id = to_staff(batch, changes, Parcel(call, f"a{new_id()}", person.chat_id, lane, Purpose.ALERT))
    await alerts.note_message(batch.tx, alert_id, outbox_id, full=full)


async def refresh(batch: Batch, changes: Changes, alert_id: int, here: tuple[int, int] | None = None) -> None:
    """Bring every message that shows this alert up to date, whoever's chat it is in.

    `here` is a chat and message that surely shows it, though it may not be known yet that it arrived.
    """
    shown = {(row.chat_id, row.message_id): row.full for row in await alerts.messages_of(batch.tx, alert_id)}
    if here is not None:
        shown.setdefault(here, False)
    await batch.load({chat_id for chat_id, _ in shown})
    for (chat_id, message_id), full in shown.items():
        person = batch.staff(chat_id)
        if person is not None and person.role in DESK_ROLES:
            await show(batch, changes, person, alert_id, full=full, edit=message_id)
