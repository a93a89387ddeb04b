"""Visit packs and neutral cards, made one after another beside the conversations: drawing takes its time."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.documents.card import Card
from bot.documents.pack import Pack, PackPress
from bot.errors import InputRefused
from bot.service.audit_line import CLI, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.desk.colleagues import locale_of_person
from bot.service.field.brief import visit_for
from bot.service.field.pack_texts import CARD_CAPTION, PACK_CAPTION, PACK_UNDER_WAY
from bot.service.field.visit_pack import visit_pack
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.installation import Installation
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel, to_staff
from bot.service.slow import next_paper, tell_desk
from bot.service.timer_row import timer_row
from bot.store import audit, cases, timers, visits
from flows.rules import Purpose

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

KIND = "visit_pack"
_PRESS = PackPress()


async def pack_tapped(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Let the pack of a visit be made for one of the two who go, or for a scheduler; the look is logged."""
    visit, refusal = await visit_for(talk, reference.subject_id)
    if visit is None or talk.staff is None:
        return refusal
    row = timer_row(KIND, visit.id, talk.batch.now, f"{KIND}:{talk.staff.id}")
    await timers.put(talk.batch.tx, [row])
    return talk.plain(PACK_UNDER_WAY)


async def work(inst: Installation) -> bool:
    """Make the next pack that is due and send it to whoever asked; return whether there was one."""
    return await next_paper(inst, KIND, _make, _give_up)


async def _give_up(batch: Batch, row: Any) -> None:
    await tell_desk(batch, (await batch.visit(row.subject_id)).case_id, row.subject_id)


async def _make(inst: Installation, row: Any) -> None:
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        person = await batch.person(int(row.key.rpartition(":")[2]))
        locale = await locale_of_person(batch, person)
        pack, card = await visit_pack(batch, await batch.visit(row.subject_id), locale)
    paper, picture = await asyncio.to_thread(_print, pack, card)
    await _send(inst, row, paper, picture)


def _print(pack: Pack, card: Card) -> tuple[bytes, bytes]:
    from bot.documents.card_picture import card_picture  # noqa: PLC0415 - matplotlib takes a second to be read

    picture = card_picture(card)
    return _PRESS.print(replace(pack, card=picture)), picture


async def _send(inst: Installation, row: Any, paper: bytes, picture: bytes) -> None:
    """Send both. The keys are the timer's: whoever else made the same pack cannot send it twice."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        person = await batch.person(int(row.key.rpartition(":")[2]))
        if person.chat_id is not None:
            case = await batch.case((await batch.visit(row.subject_id)).case_id)
            locale = await locale_of_person(batch, person)
            captions = [
                inst.calls.escape(inst.catalogues.text(locale, text.context, text.msgid)).format(
                    case_ref=case.case_ref
                )
                for text in (PACK_CAPTION, CARD_CAPTION)
            ]
            calls = (
                inst.calls.document(person.chat_id, "visit-pack.pdf", paper, captions[0]),
                inst.calls.photo(person.chat_id, picture, captions[1]),
            )
            for number, call in enumerate(calls):
                key = f"{KIND}:{row.id}:{number}"
                to_staff(batch, batch.changes, Parcel(call, key, person.chat_id, Lane.REPLIES, Purpose.REPLY))
        await batch.changes.write(tx)
        await timers.finish(tx, [row.id])


async def pack_of(inst: Installation, case_ref: str, locale: str | None) -> tuple[bytes, bytes]:
    """Return the pack (PDF) and the neutral card (PNG) of a case's visit, in `locale` or the collector's language.

    Raises `InputRefused` where there is no such case, or no visit of it lies ahead.
    """
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        row = await cases.by_ref(tx, case_ref)
        visit = await visits.live_of(tx, row.id) if row is not None else None
        if visit is None:
            raise InputRefused(f"No visit of {case_ref} lies ahead: `doorstep visits` lists those that do.")
        await audit.append(tx, [audit_line(batch.now, CLI, "case.looked_at", About(visit.case_id, visit.id))])
        collector = await batch.person(visit.collector_id)
        pack, card = await visit_pack(batch, visit, locale or await locale_of_person(batch, collector))
    return await asyncio.to_thread(_print, pack, card)
