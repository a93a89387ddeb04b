"""One item of the queue as a scheduler sees it: what happened, what is known (masked), who has it, what can be done."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework.masking import mask_name
from bot.i18n import formats
from bot.i18n.text import T
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import key_of
from bot.service.desk.colleagues import locale_of_person
from bot.service.desk.queue.claim_card import about_claim, receipts
from bot.service.desk.queue.kinds import DRILL, MARKS, kind_of
from bot.service.desk.queue.patience import last_day
from bot.service.field.answers import shown
from bot.service.outbound.ports import Button
from bot.service.outbound.texts import NO_CASE, SOMEBODY, STAGES
from bot.service.person import STAFF_KEY, Person
from bot.service.solutions.texts import GRANT, REFUSE, SIGNED
from bot.service.solutions.told import about
from flows.rules import ContactOutcome
from flows.script import Text

NOTE_PLACE = "alerts.note"

TAKE = T("alert/take", "I take it")
RESOLVE = T("alert/resolve", "Resolve")
PUT_BACK = T("alert/put_back", "Put back")
DETAILS = T("alert/details", "Details")
TO_LIST = T("queue/to_list", "To the list")
DEEDS: Mapping[str, Text] = {
    "again": T("alert/send_again", "Send it again"),
    "senddata": T("alert/send_data", "Send them the file"),
    "answeritem": T("alert/answer", "Answer in their chat"),
    "phoneplan": T("alert/phone_plan", "Plan by phone"),
    "matchpayment": T("alert/match", "It came in"),
    "notfound": T("alert/not_found", "Not found"),
    "grantplan": GRANT,
    "refuseplan": REFUSE,
    "signedplan": SIGNED,
}
WHY = T("why/button", "Why?")
AGREED_BY_PHONE = T("visit/agreed_by_phone", "Agreed by phone")
CALLED: Mapping[ContactOutcome, Text] = {
    ContactOutcome.CONTACTED: T("call/not_agreed", "Called, not agreed"),
    ContactOutcome.ATTEMPTED: T("call/no_answer", "Called, no answer"),
}
STOP_EVERYTHING = T("alert/stop_everything", "Stop everything")
FOLLOW: Mapping[str, Text] = {
    "casefile": T("alert/casefile", "Case"),
    "reminditem": T("alert/remind", "Remind"),
    "stopitem": STOP_EVERYTHING,
}

SINCE = T("queue/since", "Since {day}, {time}")
HELD = T("queue/held", "With {name} since {day}, {time}")
SETTLED = T("queue/settled", "Resolved by {name}: {day}, {time}")
SETTLED_ITSELF = T("queue/settled_itself", "No longer needed: {day}, {time}")
PAST = T("queue/past", "That day is over.")
NOTE = T("queue/note", "Note: {note}")
MADE_UP = T("drill/made_up", "a made-up visit")
KNOWN = T("queue/known", "{name}, {stage}, {days} days overdue, {outstanding}")


async def card(batch: Batch, reader: Person, row: Any, *, full: bool) -> tuple[str, list[list[Button]]]:
    """Return text and buttons of an item for this reader; `full`: with what is known of the case."""
    locale = await locale_of_person(batch, reader)
    lines = [f"{MARKS[kind_of(row.kind).urgency]} {await words_of(batch, locale, row)}"]
    if full and row.case_id is not None:
        lines += ["", await _known(batch, locale, row.case_id)]
        told = [*await about(batch, locale, row), *await about_claim(batch, locale, row)]
        lines += [f"\n{batch.inst.calls.escape(one)}" for one in told if one]
    if row.closed_at is None and await over(batch, row):
        lines.append(_say(batch, locale, PAST))
    lines += [await _state(batch, locale, reader.timezone, row)]
    if full and row.note_enc is not None:
        lines += [_say(batch, locale, NOTE, note=await _note(batch, locale, row))]
    extra = await by_the_rules(batch, locale, row.receipt_id, row.visit_id)
    extra += await receipts(batch, locale, row) if full and row.closed_at is None else []
    return "\n".join(lines), _buttons(batch, locale, reader, row, extra, full=full)


async def words_of(batch: Batch, locale: str, row: Any) -> str:
    """Return what an alert says, as html. Names and address only where somebody must act on them at once."""
    who = (await batch.person(row.person_id)).name if row.person_id else None
    address = (await batch.case(row.case_id)).personal["address"] if row.kind == "sos" else ""
    return _say(
        batch,
        locale,
        kind_of(row.kind).words,
        case_ref=await about_of(batch, locale, row),
        who=who or _plain(batch, locale, SOMEBODY),
        address=address,
        by=await _by(batch, locale, row),
    )


async def _by(batch: Batch, locale: str, row: Any) -> str:
    day = await _last_day(batch, row)
    return formats.date(locale, day) if day is not None else ""


async def _last_day(batch: Batch, row: Any) -> date | None:
    """Return the last day for an item that the rules let wait only so long, by the customer's own clock."""
    due = kind_of(row.kind).due
    if due is None or row.case_id is None:
        return None
    return last_day(batch.inst, await batch.case(row.case_id), due, row.opened_at)


async def over(batch: Batch, row: Any) -> bool:
    """Is the last day for an item over, by the customer's own clock?"""
    day = await _last_day(batch, row)
    if day is None:
        return False
    case = await batch.case(row.case_id)
    return batch.now.astimezone(ZoneInfo(case.timezone)).date() > day


async def about_of(batch: Batch, locale: str, row: Any) -> str:
    """Return the reference of the case that an item is about; a drill may be about a made-up visit."""
    if row.case_id is None:
        return _plain(batch, locale, MADE_UP if row.kind == DRILL else NO_CASE)
    return (await batch.case(row.case_id)).case_ref


async def _known(batch: Batch, locale: str, case_id: int) -> str:
    """Return what is known of the case in one line, the name masked: a phone at a desk is seen by others."""
    case = await batch.case(case_id)
    today = batch.now.astimezone(ZoneInfo(case.timezone)).date()
    return _say(
        batch,
        locale,
        KNOWN,
        name=mask_name(str(case.personal["name"])),
        stage=_plain(batch, locale, STAGES[case.stage]),
        days=(today - case.overdue_since).days,
        outstanding=formats.money(locale, case.outstanding, case.currency),
    )


async def _state(batch: Batch, locale: str, zone: str, row: Any) -> str:
    """Return since when it waits, who has it, or who resolved it."""
    if row.closed_at is not None:
        if row.closed_by is None:
            return _at(batch, locale, zone, SETTLED_ITSELF, row.closed_at)
        name = (await batch.person(row.closed_by)).name
        return _at(batch, locale, zone, SETTLED, row.closed_at, name=name)
    if row.taken_by is not None:
        name = (await batch.person(row.taken_by)).name
        return _at(batch, locale, zone, HELD, row.taken_at, name=name)
    return _at(batch, locale, zone, SINCE, row.opened_at)


async def _note(batch: Batch, locale: str, row: Any) -> str:
    """Return what was noted: a text, or the label of the choice that was tapped."""
    key_id = key_of(row.case_id) if row.case_id else STAFF_KEY
    await batch.load_keys([row.case_id])
    value = batch.inst.vault.unseal(key_id, row.note_enc, NOTE_PLACE).decode()
    label = shown(batch.inst.library.latest["resolve"], "note", value)
    return _plain(batch, locale, label) if label is not None else value


async def by_the_rules(
    batch: Batch, locale: str, receipt_id: int | None, visit_id: int | None
) -> list[Button]:
    """Return what can be done where the rules keep something back: ask why, or write down a call about the visit."""
    buttons = [] if receipt_id is None else [(_plain(batch, locale, WHY), f"why:{receipt_id}")]
    visit = await batch.visit(visit_id) if visit_id is not None else None
    if visit is not None and visit.status == "approved" and visit.starts_at > batch.now:
        buttons.append((_plain(batch, locale, AGREED_BY_PHONE), f"byphone:{visit_id}"))
        buttons += [(_plain(batch, locale, text), f"called:{visit_id}:{one}") for one, text in CALLED.items()]
    return buttons


def _buttons(
    batch: Batch, locale: str, reader: Person, row: Any, extra: list[Button], *, full: bool
) -> list[list[Button]]:
    def button(verb: str, text: Text, extra: str = "") -> Button:
        return _plain(batch, locale, text), f"{verb}:{row.id}{extra}"

    back: list[Button] = [(_plain(batch, locale, TO_LIST), "queue:0")]
    if row.closed_at is not None:
        return [back] if full else []
    first = [button("take", TAKE)]
    if row.taken_by == reader.id:
        first = [button("resolve", RESOLVE), button("putback", PUT_BACK)]
    if row.taken_by in (None, reader.id):
        first += [button(deed, DEEDS[deed]) for deed in kind_of(row.kind).deeds]
    if row.kind == DRILL or row.case_id is None:
        return [first, back] if full else [first]
    if not full:
        return [first, [button("item", DETAILS), *extra]]
    return [first, [*(button(verb, text) for verb, text in FOLLOW.items()), *extra], back]


def _at(batch: Batch, locale: str, zone: str, text: Text, at: datetime, **values: object) -> str:
    day, time = formats.day(locale, zone, at), formats.clock(locale, zone, at)
    return _say(batch, locale, text, day=day, time=time, **values)


def _say(batch: Batch, locale: str, text: Text, **values: object) -> str:
    return batch.inst.calls.escape(_plain(batch, locale, text).format_map(values))


def _plain(batch: Batch, locale: str, text: Text) -> str:
    return batch.inst.catalogues.text(locale, text.context, text.msgid)
