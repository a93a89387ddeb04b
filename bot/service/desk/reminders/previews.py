"""Previews of reminders to many customers: a worker of its own asks the rules, and shows how far it is."""

from datetime import timedelta
from typing import Any

from bot.errors import StoreError
from bot.i18n import formats
from bot.i18n.text import T
from bot.log import log
from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.desk.reminders.chat import LOOKING, show_preview
from bot.service.desk.reminders.foresight import Preview, foresee_many
from bot.service.installation import Installation
from bot.store import leases, reminders

LEASE, LEASE_FOR = "previews", timedelta(minutes=2)
EVERY = timedelta(seconds=3)  # between two changes of the message that shows how far it is

FAILED = T("remind/failed", "The preview could not be made. Please try again; the log says more.")


async def work(inst: Installation, holder: str = "") -> bool:
    """Make the preview that has waited longest; False when none waits. `holder` names this process among several."""
    async with inst.store.read() as tx:
        row = await reminders.next_to_look(tx)
    if row is None or not await _lease(inst, holder):
        return False
    try:
        await _make(inst, row, holder)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not keep other previews from being made
        log.error("preview failed", reminder=row.id, error=type(error).__name__)
        await _end(inst, row, None)
    async with inst.store.begin() as tx:
        await leases.release(tx, LEASE, holder)
    return True


async def _lease(inst: Installation, holder: str) -> bool:
    now = inst.clock.wall()
    async with inst.store.begin() as tx:
        return await leases.take(tx, LEASE, holder, now, now + LEASE_FOR)


async def _make(inst: Installation, row: Any, holder: str) -> None:
    preview, shown_at = Preview(), inst.clock.wall()
    async for found in foresee_many(inst, row.case_ids):
        for one in found:
            preview.add(one)
        if inst.clock.wall() - shown_at >= EVERY:
            shown_at = inst.clock.wall()
            await _lease(inst, holder)
            await _tell(inst, row, preview.count)
    await _end(inst, row, preview)


async def _tell(inst: Installation, row: Any, done: int) -> None:
    """Show how far it is, in place of what was shown before."""
    async with inst.store.begin() as tx:
        talk = await _talk(Batch(inst, tx, inst.clock.now()), row)
        numbers = {
            "done": formats.number(talk.locale, done),
            "count": formats.number(talk.locale, len(row.case_ids)),
        }
        await talk.reply(inst.calls.edit(talk.chat_id, row.message_id, talk.text(LOOKING, **numbers)))
        await talk.changes.write(tx)


async def _end(inst: Installation, row: Any, preview: Preview | None) -> None:
    """Show the preview, or that there is none."""
    async with inst.store.begin() as tx:
        talk = await _talk(Batch(inst, tx, inst.clock.now()), row)
        state, goes = ("failed", []) if preview is None else ("shown", preview.goes)
        if await reminders.looked(tx, row.id, state, goes):
            if preview is None:
                await talk.reply(inst.calls.edit(talk.chat_id, row.message_id, talk.text(FAILED)))
            else:
                await show_preview(talk, preview, row.id, row.message_id)
        await talk.changes.write(tx)


async def _talk(batch: Batch, row: Any) -> Talk:
    await batch.load([])
    person = await batch.person(row.person_id)
    chat_id = person.chat_id or 0
    await batch.load([chat_id])
    return Talk(batch, chat_id)
