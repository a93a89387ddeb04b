"""What one customer would be reminded of now: of a visit, a question, a promise, or the open door; or of nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.i18n import formats
from bot.i18n.text import T
from bot.service.conversations.batch import Batch
from bot.service.conversations.conversation import Conversation
from bot.service.desk.cases.casefile import CaseFile
from bot.service.outbound.labels import label_of
from bot.service.outbound.outgoing import Call, Lane
from bot.service.outbound.post import Parcel
from bot.store import chats, promises, sessions, visits
from flows.engine import SendPrompt, open_options
from flows.rules import Purpose
from flows.script import InputKind, Text

LINKED = T(
    "remind/linked",
    "Hello. There is still an open question here that only you can answer. Please answer it whenever it suits you. If "
    "this was not meant for you, tap “Not me”.",
)
VISIT = T(
    "remind/visit",
    "Hello {name}. A reminder of our visit: {day}, {time}. If it no longer suits you, choose another time.",
)
SILENT = T(
    "remind/silent",
    "Hello {name}. We would like to know whether the visit suits you: {day}, {time}. If not, that is all right. Choose "
    "another time, or tell us what you need.",
)
PROMISE = T(
    "remind/promise",
    "Hello {name}. A friendly reminder: you would like to pay {amount} on {day}. If it does not work out, tell us with "
    "/help and we will look at it again.",
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder for one customer, as html in their language; `script` is the conversation whose buttons it carries."""

    case: CaseFile
    locale: str
    purpose: Purpose
    text: Text
    html: str
    script: str
    visit_id: int | None = None
    not_after: datetime | None = None


async def reminder_for(batch: Batch, case: CaseFile) -> Reminder | None:
    """Return what this customer can be reminded of; None where there is nothing, or no chat that can be reached."""
    if case.chat_id is None or case.stage == "settled":
        return None
    chat = next(iter(await chats.load(batch.tx, [case.chat_id])), None)
    if chat is None or chat.unreachable_at is not None:
        return None
    locale = chat.locale or case.locale
    if case.identified_at is None:
        return Reminder(case, locale, Purpose.NUDGE, LINKED, _say(batch, locale, LINKED), "enrolment")
    for occasion in (_visit, _promise):
        found = await occasion(batch, case, locale)
        if found is not None:
            return found
    return None


async def _visit(batch: Batch, case: CaseFile, locale: str) -> Reminder | None:
    visit = await visits.live_of(batch.tx, case.id)
    if visit is None or visit.starts_at <= batch.now or visit.status not in ("noticed", "confirmed"):
        return None
    silent = visit.status == "noticed"
    text = SILENT if silent else VISIT
    html = _say(
        batch,
        locale,
        text,
        name=case.personal["name"],
        day=formats.day(locale, case.timezone, visit.starts_at),
        time=formats.span(locale, case.timezone, visit.starts_at, visit.ends_at),
    )
    purpose = Purpose.NUDGE if silent else Purpose.REMINDER
    return Reminder(case, locale, purpose, text, html, "visit_notice", visit.id, visit.starts_at)


async def _promise(batch: Batch, case: CaseFile, locale: str) -> Reminder | None:
    promise = await promises.open_of(batch.tx, case.id)
    if promise is None:
        return None
    html = _say(
        batch,
        locale,
        PROMISE,
        name=case.personal["name"],
        amount=formats.money(locale, promise.amount, case.currency),
        day=formats.date(locale, promise.due_on),
    )
    return Reminder(case, locale, Purpose.FOLLOW_UP, PROMISE, html, "follow_up")


async def parcel_of(batch: Batch, reminder: Reminder, key: str) -> Parcel:
    """Return the message, with the buttons of the question that is open, so that it can be answered right there."""
    case = reminder.case
    rows = await sessions.waiting_of_case(batch.tx, case.id, reminder.script)
    mine = [row.id for row in rows if row.person_id is None and row.chat_id == case.chat_id]
    await batch.load_conversations(mine[-1:])
    conversation = batch.conversation(mine[-1]) if mine else None
    chat_id = case.chat_id or 0
    return Parcel(
        call=_call(batch, reminder, conversation, chat_id),
        key=key,
        chat_id=chat_id,
        lane=Lane.BULK,
        purpose=reminder.purpose,
        session_id=conversation.id if conversation else None,
        visit_id=reminder.visit_id,
        prompt_no=conversation.session.prompt_no if conversation else None,
        not_after=reminder.not_after,
        unasked=True,
    )


def _call(batch: Batch, reminder: Reminder, conversation: Conversation | None, chat_id: int) -> Call:
    calls = batch.inst.calls
    if conversation is None:
        return calls.say(chat_id, reminder.html)
    options = open_options(conversation.script, conversation.session)
    prompt = SendPrompt(reminder.text, InputKind.CHOICE, options, conversation.session.prompt_no, columns=2)
    zone = reminder.case.timezone
    labels = {option.id: label_of(batch.inst, reminder.locale, zone, option) for option in options}
    return calls.ask(chat_id, reminder.html, prompt, labels, conversation.id)


def _say(batch: Batch, locale: str, text: Text, **values: Any) -> str:
    words = batch.inst.catalogues.text(locale, text.context, text.msgid)
    return batch.inst.calls.escape(words.format_map(values))
