"""Reports of visits that are over, made one after another beside the conversations: drawing takes its time."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.documents.press import press
from bot.service.conversations.batch import Batch
from bot.service.desk.colleagues import desk, locale_of_person
from bot.service.field.report import REPORT_CAPTION, visit_report
from bot.service.installation import Installation
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel, to_staff
from bot.service.slow import next_paper, tell_desk
from bot.service.timer_row import timer_row
from bot.store import timers
from flows.rules import Purpose

if TYPE_CHECKING:
    from bot.store.engine import Tx

KIND = "report"


async def ask_for_report(tx: "Tx", visit_id: int, at: datetime) -> None:
    """Let the report of a visit be made and sent to every scheduler."""
    await timers.put(tx, [timer_row(KIND, visit_id, at)])


async def work(inst: Installation) -> bool:
    """Make the next report that is due and send it; return whether there was one."""
    return await next_paper(inst, KIND, _make, _give_up)


async def _give_up(batch: Batch, row: Any) -> None:
    await tell_desk(batch, (await batch.visit(row.subject_id)).case_id, row.subject_id)


async def _make(inst: Installation, row: Any) -> None:
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        reports = {
            locale: await visit_report(batch, row.subject_id, locale)
            for locale in {await locale_of_person(batch, person) for person in await desk(batch)}
        }
    papers = {locale: await asyncio.to_thread(press().print, report) for locale, report in reports.items()}
    await _send(inst, row, papers)


async def _send(inst: Installation, row: Any, papers: dict[str, bytes]) -> None:
    """Send the papers. The keys are the timer's: whoever else made the same report cannot send it twice."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        visit = await batch.visit(row.subject_id)
        case = await batch.case(visit.case_id)
        for person in await desk(batch):
            locale = await locale_of_person(batch, person)
            if locale in papers and person.chat_id is not None:
                words = inst.catalogues.text(locale, REPORT_CAPTION.context, REPORT_CAPTION.msgid)
                caption = inst.calls.escape(words.format(case_ref=case.case_ref))
                call = inst.calls.document(person.chat_id, "visit.pdf", papers[locale], caption)
                key = f"report:{row.id}:{person.id}"
                to_staff(
                    batch, batch.changes, Parcel(call, key, person.chat_id, Lane.CONFIRMATIONS, Purpose.ALERT)
                )
        await batch.changes.write(tx)
        await timers.finish(tx, [row.id])
