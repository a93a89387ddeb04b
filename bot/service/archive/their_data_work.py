"""The copy of their data for a customer, made beside the conversations once a person has decided that they get it."""

import asyncio
from datetime import datetime
from typing import Any

from bot.documents.press import press
from bot.i18n.text import T
from bot.service.archive.reader import PaperReader
from bot.service.archive.their_data import their_data
from bot.service.audit_line import SYSTEM, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.conversations.values import locale_of_customer
from bot.service.installation import Installation
from bot.service.outbound.contact import to_customer
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel
from bot.service.slow import next_paper, tell_desk
from bot.service.timer_row import timer_row
from bot.store import timers
from bot.store.engine import Tx
from flows.rules import Purpose

KIND = "their_data"
CAPTION = T(
    "data/caption",
    "Here is the copy of your data that you asked for. If something in it is wrong, tell us with /complain, and we put "
    "it right.",
)


async def ask_for_file(tx: Tx, case_id: int, at: datetime) -> None:
    """Let the copy for the customer of a case be made and sent into their chat."""
    await timers.put(tx, [timer_row(KIND, case_id, at)])


async def work(inst: Installation) -> bool:
    """Make the next copy that was decided on and send it, as the rules allow; return whether there was one."""
    return await next_paper(inst, KIND, _make, _give_up)


async def _give_up(batch: Batch, row: Any) -> None:
    await tell_desk(batch, row.subject_id)


async def _make(inst: Installation, row: Any) -> None:
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        case = await batch.case(row.subject_id)
        locale = await locale_of_customer(batch, case)
        report = await their_data(batch, case, locale)
    paper = await asyncio.to_thread(press().print, report)
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        case = await batch.case(row.subject_id)
        if case.chat_id is not None:
            words = inst.calls.escape(PaperReader(batch, locale).plain(CAPTION))
            call = inst.calls.document(case.chat_id, f"{case.case_ref}.pdf", paper, words)
            parcel = Parcel(call, f"data:{row.id}", case.chat_id, Lane.REPLIES, Purpose.REPLY)
            await to_customer(batch, batch.changes, case, parcel)
            batch.changes.audit.append(audit_line(batch.now, SYSTEM, "data.sent", About(case.id)))
        await batch.changes.write(tx)
        await timers.finish(tx, [row.id])
