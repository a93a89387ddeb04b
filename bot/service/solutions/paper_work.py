"""Agreements as papers, made one after another beside the conversations: drawing takes its time."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.documents.press import press
from bot.service.conversations.batch import Batch
from bot.service.desk.colleagues import desk, locale_of_person
from bot.service.installation import Installation
from bot.service.outbound.contact import to_customer
from bot.service.outbound.outgoing import Call, Lane
from bot.service.outbound.post import Parcel, to_staff
from bot.service.slow import next_paper, tell_desk
from bot.service.solutions import texts
from bot.service.solutions.paper import paper_of
from bot.service.timer_row import timer_row
from bot.store import agreements, chats, timers
from flows.rules import Purpose
from flows.script import Text

if TYPE_CHECKING:
    from bot.store.engine import Tx

KIND = "agreement_paper"
FILE_NAME = "agreement.pdf"


async def ask_for_paper(tx: "Tx", agreement_id: int, at: datetime) -> None:
    """Let the paper of an agreement be made, for the customer's chat, if there is one, and for every scheduler."""
    await timers.put(tx, [timer_row(KIND, agreement_id, at)])


async def work(inst: Installation) -> bool:
    """Make the next paper that is due and send it; return whether there was one."""
    return await next_paper(inst, KIND, _make, _give_up)


async def _give_up(batch: Batch, row: Any) -> None:
    agreement: Any = await agreements.by_id(batch.tx, row.subject_id)
    await tell_desk(batch, agreement.case_id, agreement.visit_id)


async def _make(inst: Installation, row: Any) -> None:
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        locales = {await locale_of_person(batch, person) for person in await desk(batch)}
        locales.add(await _theirs(batch, row.subject_id))
        papers = {locale: await paper_of(batch, row.subject_id, locale) for locale in sorted(locales)}
    printed = {locale: await asyncio.to_thread(press().print, paper) for locale, paper in papers.items()}
    await _send(inst, row, printed)


async def _theirs(batch: Batch, agreement_id: int) -> str:
    """Return the language that the customer reads."""
    agreement = await agreements.by_id(batch.tx, agreement_id)
    case = await batch.case(agreement.case_id)  # type: ignore[union-attr] # its timer was set with it
    rows = await chats.load(batch.tx, [case.chat_id]) if case.chat_id is not None else []
    return next((one.locale for one in rows if one.locale), case.locale)


async def _send(inst: Installation, row: Any, papers: dict[str, bytes]) -> None:
    """Send the papers. The keys are the timer's: whoever else made the same one cannot send it twice."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        agreement: Any = await agreements.by_id(tx, row.subject_id)
        case = await batch.case(agreement.case_id)
        theirs, accepted = await _theirs(batch, row.subject_id), agreement.answered_at is not None
        if case.chat_id is not None and accepted:
            call = _document(inst, case.chat_id, papers[theirs], theirs, texts.PAPER_CAPTION, case.case_ref)
            key = f"agreement:{row.id}"
            parcel = Parcel(call, key, case.chat_id, Lane.CONFIRMATIONS, Purpose.CONFIRMATION)
            await to_customer(batch, batch.changes, case, parcel)
        for person in await desk(batch):
            locale = await locale_of_person(batch, person)
            if locale in papers and person.chat_id is not None:
                paper = papers[locale if accepted else theirs]  # who signs must be able to read it
                text = texts.PAPER_CAPTION_DESK if accepted else texts.PAPER_CAPTION_OFFER
                call = _document(inst, person.chat_id, paper, locale, text, case.case_ref)
                key = f"agreement:{row.id}:{person.id}"
                parcel = Parcel(call, key, person.chat_id, Lane.CONFIRMATIONS, Purpose.ALERT)
                to_staff(batch, batch.changes, parcel)
        await batch.changes.write(tx)
        await timers.finish(tx, [row.id])


def _document(inst: Installation, chat_id: int, paper: bytes, locale: str, text: Text, case_ref: str) -> Call:
    words = inst.catalogues.text(locale, text.context, text.msgid).format_map({"case_ref": case_ref})
    return inst.calls.document(chat_id, FILE_NAME, paper, inst.calls.escape(words))
