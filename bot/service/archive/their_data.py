"""What a customer gets who asks for their data: all that is theirs, on paper, in their language.

In it is what the lender has on file of them, what they said, their visits, agreements and payments, and what was
written to them. Not in it is what others said or think: notes and answers of staff, grades, the watch over a team.
"""

import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from bot.documents.report import Report, Section
from bot.i18n import formats
from bot.i18n.text import T
from bot.service.archive.messages import html_of
from bot.service.archive.reader import PaperReader
from bot.service.audit_line import CUSTOMER
from bot.service.conversations.batch import Batch
from bot.service.customer.holds import note_of
from bot.service.desk.cases.casefile import ANSWER_PLACE, CaseFile, key_of
from bot.service.field.answers import written
from bot.service.field.evidence.originals import originals_of
from bot.service.field.report import FACTS
from bot.service.outbound.texts import SUMMARY_LABELS
from bot.service.solutions.terms import of_row
from bot.service.solutions.words import Words
from bot.store import agreements, answers, holds, outbox, payments, promises, visits
from flows.script import Text

TITLE = T("data/title", "Your data")
SUBTITLE = T("data/subtitle", "What {creditor} has on record about you here, as of {day}")
FOOTER = T("data/footer", "For you alone. Questions, or something is wrong: {contact}")
SECTIONS = {
    "file": T("data/file", "What {creditor} has on file"),
    "said": T("data/said", "What you told us"),
    "visits": T("data/visits", "Visits"),
    "agreed": T("data/agreed", "What was agreed"),
    "payments": T("data/payments", "Payments"),
    "evidence": T("data/evidence", "Photos, papers and recordings from visits"),
    "messages": T("data/messages", "What we wrote to you"),
}
FIELDS = {
    "case_ref": T("data/case_ref", "Reference"),
    "name": T("data/name", "Name"),
    "phone": T("data/phone", "Telephone"),
    "address": T("data/address", "Address"),
    "outstanding": T("data/outstanding", "Outstanding"),
    "since": T("data/since", "In arrears since"),
    "monthly_income": T("data/income", "Income a month"),
}
VISITORS = T(
    "data/visitors", "{collector} (badge {collector_badge}), {officer} (badge {officer_badge}): {state}"
)
TOOK_PLACE = T("data/took_place", "took place")
PLANNED = T("data/planned", "planned")
NOT_HELD = T("data/not_held", "did not take place")
PROMISE = T("data/promise", "{amount}, to be paid on {day}")
ANSWERS = {
    "shown": T("data/shown", "waits for your answer"),
    "accepted": T("data/accepted", "accepted"),
    "kept": T("data/kept", "kept to the end"),
}
NOT_ACCEPTED = T("data/not_accepted", "does not bind you")
KEPT_PIECE = T("data/piece", "kept; ask us for a copy: {contact}")
IN_YOUR_WORDS = T("data/in_your_words", "In your words")
CHOSEN = T("data/chosen", "Answer")
CHECKED_ONLY = "id_last4"  # asked for to tell who somebody is, and for nothing else
_OVER = ("ended", "under_way")
_GIVEN = ("name", "phone", "address")
# What the collector took down as the customer's own word and read back to them; no judgement of anybody's.
TOLD_AT_THE_DOOR = (
    "reason",
    "income_source",
    "income_amount",
    "household",
    "dependants",
    "other_debts",
    "ability",
    "proposal",
    "promise_amount",
    "promise_date",
)


async def their_data(batch: Batch, case: CaseFile, locale: str) -> Report:
    """Return the paper with all that is a customer's own, its times by their own clock."""
    writer = _Writer(batch, case, PaperReader(batch, locale))
    settings = batch.inst.settings
    told = {"creditor": settings.creditor, "contact": settings.contact}
    sections = {name: [row async for row in rows(writer)] for name, rows in ROWS.items()}
    day = formats.date(locale, batch.now.astimezone(ZoneInfo(case.timezone)).date())
    return Report(
        locale=locale,
        title=writer.say(TITLE),
        subtitle=writer.say(SUBTITLE, day=day, **told),
        sections=[Section(writer.say(SECTIONS[name], **told), rows) for name, rows in sections.items()],
        footer=writer.say(FOOTER, **told),
    )


Row = tuple[str, str]


class _Writer:
    """Puts what is on record of one customer into rows: when or what, and the words."""

    def __init__(self, batch: Batch, case: CaseFile, reader: PaperReader) -> None:
        self.batch, self.case, self.reader = batch, case, reader

    def say(self, text: Text, **values: object) -> str:
        return self.reader.plain(text).format_map(values)

    def at(self, at: datetime) -> str:
        day = formats.date(self.reader.locale, at.astimezone(ZoneInfo(self.case.timezone)).date())
        return f"{day} {formats.clock(self.reader.locale, self.case.timezone, at)}"

    def money(self, minor: int) -> str:
        return formats.money(self.reader.locale, minor, self.case.currency)

    async def file(self) -> AsyncIterator[Row]:
        """Yield what came with the lender's file."""
        case, personal = self.case, self.case.personal
        since = formats.date(self.reader.locale, case.overdue_since)
        told: dict[str, Any] = {"case_ref": case.case_ref, **{name: personal.get(name) for name in _GIVEN}}
        told |= {"outstanding": self.money(case.outstanding), "since": since}
        if personal.get("monthly_income") is not None:
            told["monthly_income"] = self.money(personal["monthly_income"])
        for name, label in FIELDS.items():
            if told.get(name):
                yield self.say(label), str(told[name])

    async def said(self) -> AsyncIterator[Row]:
        """Yield their answers, and what they wrote when they asked for a pause or a person."""
        tx, vault = self.batch.tx, self.batch.inst.vault
        told = {row.id: row for row in await answers.of_customer(tx, self.case.id)}
        told |= {row.id: row for row in await answers.of_cases(tx, [self.case.id], TOLD_AT_THE_DOOR)}
        rows = [(row.at, self._answer(row)) for row in told.values() if row.name != CHECKED_ONLY]
        rows += [
            (row.since, f"{self.say(IN_YOUR_WORDS)}: {note_of(vault, row)}")
            for row in await holds.of_case(tx, self.case.id)
            if row.opened_by == CUSTOMER and row.note_enc is not None
        ]
        for at, words in sorted(rows):
            yield self.at(at), words

    def _answer(self, row: Any) -> str:
        inst = self.batch.inst
        value = orjson.loads(inst.vault.unseal(key_of(self.case.id), row.value_enc, ANSWER_PLACE))
        script = inst.library.latest.get(row.step.partition(".")[0])
        fact = row.name.removeprefix("account_").removesuffix("_words")  # of both sides' account of a visit
        label = self.say(SUMMARY_LABELS.get(row.name) or FACTS.get(fact, CHOSEN))
        return f"{label}: {written(inst, self.reader.locale, self.case, script, row.name, value)}"

    async def visits(self) -> AsyncIterator[Row]:
        """Yield the visits that they were told of, with who came."""
        for row in sorted(await visits.of_case(self.batch.tx, self.case.id), key=_start):
            if row.noticed_at is None and row.collector_in_at is None:
                continue
            collector = await self.batch.person(row.collector_id)
            officer = await self.batch.person(row.safety_officer_id)
            state = TOOK_PLACE if row.status in _OVER else NOT_HELD if row.status == "cancelled" else PLANNED
            people = {"collector": collector.name, "collector_badge": collector.badge}
            people |= {"officer": officer.name, "officer_badge": officer.badge}
            yield self.at(row.starts_at), self.say(VISITORS, **people, state=self.say(state))

    async def agreed(self) -> AsyncIterator[Row]:
        """Yield the agreements that they were shown, and what they promised to pay besides."""
        words = Words(self.batch.inst, self.reader.locale, self.case.currency)
        for row in await agreements.of_case(self.batch.tx, self.case.id):
            if row.granted_at is not None:
                terms = of_row(row.terms, await promises.of_agreement(self.batch.tx, row.id))
                plan = (words.label(terms.label), words.instalments(terms), words.span(terms))
                yield (
                    self.at(row.granted_at),
                    "\n".join((*plan, self.say(ANSWERS.get(row.status, NOT_ACCEPTED)))),
                )
        for row in await promises.of_case(self.batch.tx, self.case.id):
            if row.agreement_id is not None:
                continue
            amount = "–" if row.amount is None else self.money(row.amount)
            day = formats.date(self.reader.locale, row.due_on)
            yield self.at(row.created_at), self.say(PROMISE, amount=amount, day=day)

    async def payments(self) -> AsyncIterator[Row]:
        """Yield their payments."""
        for row in await payments.of_case(self.batch.tx, self.case.id):
            yield self.at(row.paid_at), self.money(row.amount)

    async def evidence(self) -> AsyncIterator[Row]:
        """Yield that there are files of a visit; what others can be seen or heard in is given by a person."""
        contact = self.batch.inst.settings.contact
        for item in await originals_of(self.batch, self.case):
            if item.fix is None:
                yield self.at(item.said_at), self.say(KEPT_PIECE, contact=contact)

    async def messages(self) -> AsyncIterator[Row]:
        """Yield what they were written; where only buttons changed there are no words."""
        for row in await outbox.to_customer_of(self.batch.tx, self.case.id):
            if row.sent_at is None:
                continue
            words = unescape(re.sub(r"<[^>]+>", "", html_of(self.batch.inst.vault, row)))
            if words:
                yield self.at(row.sent_at), words


def _start(row: Any) -> datetime:
    start: datetime = row.starts_at
    return start


ROWS: dict[str, Callable[[_Writer], AsyncIterator[Row]]] = {
    "file": _Writer.file,
    "said": _Writer.said,
    "visits": _Writer.visits,
    "agreed": _Writer.agreed,
    "payments": _Writer.payments,
    "evidence": _Writer.evidence,
    "messages": _Writer.messages,
}
