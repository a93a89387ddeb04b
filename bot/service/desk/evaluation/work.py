"""Reports that were asked for in a chat: made beside the conversations, sent as three pictures and a workbook."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from bot.service.conversations.batch import Batch
from bot.service.desk.colleagues import locale_of_person
from bot.service.desk.evaluation import texts
from bot.service.desk.evaluation.appraisal import Appraisal, appraise
from bot.service.desk.evaluation.ask import KIND
from bot.service.desk.evaluation.rows import summary_of_money, summary_of_rules
from bot.service.desk.evaluation.words import ReportWords
from bot.service.desk.rules.titles import title_in
from bot.service.installation import Installation
from bot.service.outbound.outgoing import Call, Lane
from bot.service.outbound.post import Parcel, to_staff
from bot.service.slow import next_paper
from bot.store import timers
from flows.rules import Purpose, RuleRef


async def work(inst: Installation) -> bool:
    """Make the next report that was asked for and send it; return whether there was one."""
    return await next_paper(inst, KIND, _make, _give_up)


async def _make(inst: Installation, row: Any) -> None:
    first, last = (date.fromisoformat(day) for day in row.key.split("/"))
    found = await appraise(inst, first, last)
    words = ReportWords(inst, await _locale(inst, row.subject_id))
    made = await asyncio.to_thread(print_report, inst, found, words) if found.evaluation.cases else None
    await _send(inst, row, partial(_calls, inst, words, found, made))


@dataclass(frozen=True, slots=True)
class Printed:
    """A report on paper: pictures as PNG by name, and the workbook."""

    pictures: Mapping[str, bytes]
    book: bytes


def print_report(inst: Installation, found: Appraisal, words: ReportWords) -> Printed:
    """Draw the pictures and write the workbook, in one language; needs no database."""
    # What draws and what writes workbooks takes a second to be read: not at every start of the bot.
    from bot.service.desk.evaluation.book import book  # noqa: PLC0415
    from bot.service.desk.evaluation.pictures import pictures  # noqa: PLC0415

    def title_of(rule: RuleRef, title: str) -> str:
        return title_in(inst.catalogues, words.locale, rule, title)

    return Printed(pictures(found, words), book(found, words, title_of))


async def _locale(inst: Installation, person_id: int) -> str:
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        return await locale_of_person(batch, await batch.person(person_id))


def _calls(
    inst: Installation, words: ReportWords, found: Appraisal, made: Printed | None, chat_id: int
) -> list[Call]:
    """Return what is sent: the conclusions first, then the pictures, then the workbook."""
    calls, escape = inst.calls, inst.calls.escape
    if made is None:
        days = {name: words.day(getattr(found, name)) for name in ("first", "last")}
        return [calls.say(chat_id, escape(words.say(texts.NO_CASES, **days)))]
    lines = [words.heading(found), "", *words.comparisons(found), *summary_of_money(found, words)]
    lines += ["", *summary_of_rules(found, words)]
    name = f"report-{found.first}-{found.last}.xlsx"
    return [
        calls.say(chat_id, escape("\n".join(lines))),
        *(calls.photo(chat_id, picture, "") for picture in made.pictures.values()),
        calls.document(chat_id, name, made.book, escape(words.say(texts.WORKBOOK))),
    ]


async def _give_up(batch: Batch, row: Any) -> None:
    words = ReportWords(batch.inst, await locale_of_person(batch, await batch.person(row.subject_id)))
    await _put_down(batch, row, lambda chat_id: [batch.inst.calls.say(chat_id, words.say(texts.FAILED))])


async def _send(inst: Installation, row: Any, calls_to: Callable[[int], Sequence[Call]]) -> None:
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        await _put_down(batch, row, calls_to)
        await batch.changes.write(tx)
        await timers.finish(tx, [row.id])


async def _put_down(batch: Batch, row: Any, calls_to: Callable[[int], Sequence[Call]]) -> None:
    """Send it to whoever asked. The keys are the timer's: whoever else made the same report cannot send it twice."""
    chat_id = (await batch.person(row.subject_id)).chat_id
    for place, call in enumerate(calls_to(chat_id) if chat_id is not None else []):
        key = f"evaluation:{row.id}:{place}"
        to_staff(batch, batch.changes, Parcel(call, key, chat_id or 0, Lane.CONFIRMATIONS, Purpose.REPLY))
