"""What the placeholders of a text stand for: a closed list, each filled in the reader's language and zone."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework.crisis_lines import crisis_line
from bot.casework.masking import mask_address
from bot.i18n import formats
from bot.service.conversations.batch import Batch
from bot.service.conversations.conversation import Conversation
from bot.service.conversations.reader import Reader
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.queue.patience import last_day
from bot.service.field.answers import NOT_READ_BACK, READ_BACK, answered, told_in_visit
from bot.service.field.code import code_of
from bot.service.field.outcomes import AGREED, OFFERED, PROMISE
from bot.service.field.stage import stage_of
from bot.service.outbound.texts import NO_CASE, NOTHING, STAGES_AT_DOOR
from bot.service.solutions.missing import missing_of
from bot.service.solutions.placeholders import FILLS, in_short
from bot.store import alerts, barred_times, chats, promises, visits
from flows.rules import Waiting
from flows.script import Text

Fill = Callable[[Reader], Awaitable[str]]


async def _customer_name(reader: Reader) -> str:
    case = await reader.batch.case(reader.conversation.case_id or 0)
    return str(case.personal["name"])


async def _customer_phone(reader: Reader) -> str:
    """The number to call; never in a customer's chat, where it may not be theirs any more."""
    case = await reader.batch.case(reader.conversation.case_id or 0)
    return str(case.personal["phone"]) if reader.conversation.person_id is not None else ""


async def _address(reader: Reader) -> str:
    """The team needs the whole address; in the customer's chat it is masked, as the phone may be seen."""
    case = await reader.batch.case(reader.conversation.case_id or 0)
    address = str(case.personal["address"])
    return address if reader.conversation.person_id is not None else mask_address(address)


async def promise_of(batch: Batch, conversation: Conversation) -> Any | None:
    """Return the promise that a conversation is about: the one it was begun for, else the next open one."""
    promise_id = conversation.session.values.get("promise_id")
    if promise_id is not None:
        return await promises.by_id(batch.tx, int(str(promise_id)))
    return await promises.open_of(batch.tx, conversation.case_id or 0)


async def _promise_amount(reader: Reader) -> str:
    case = await reader.batch.case(reader.conversation.case_id or 0)
    promise = await promise_of(reader.batch, reader.conversation)
    return formats.money(reader.locale, promise.amount, case.currency) if promise is not None else ""


async def _promise_left(reader: Reader) -> str:
    case = await reader.batch.case(reader.conversation.case_id or 0)
    promise = await promise_of(reader.batch, reader.conversation)
    if promise is None:
        return ""
    return formats.money(reader.locale, await missing_of(reader.batch, promise), case.currency)


async def _promise_day(reader: Reader) -> str:
    promise = await promise_of(reader.batch, reader.conversation)
    return formats.date(reader.locale, promise.due_on) if promise is not None else ""


async def _data_by(reader: Reader) -> str:
    """By when the copy of their data that a customer asked for has to be with them."""
    batch = reader.batch
    case = await batch.case(reader.conversation.case_id or 0)
    rows = await alerts.open_of_case(batch.tx, case.id, ["data_request"])
    since = min((row.opened_at for row in rows), default=batch.now)
    return formats.date(reader.locale, last_day(batch.inst, case, Waiting.DATA_REQUEST, since))


async def _customer_language(reader: Reader) -> str:
    """The language that a customer reads, by its own name."""
    case = await reader.batch.case(reader.conversation.case_id or 0)
    return formats.language(await locale_of_customer(reader.batch, case))


async def _outstanding(reader: Reader) -> str:
    case = await reader.batch.case(reader.conversation.case_id or 0)
    return formats.money(reader.locale, case.outstanding, case.currency)


async def _overdue_days(reader: Reader) -> str:
    case = await reader.batch.case(reader.conversation.case_id or 0)
    zone = ZoneInfo(case.timezone)
    return str((reader.batch.now.astimezone(zone).date() - case.overdue_since).days)


async def _overdue_for(reader: Reader) -> str:
    return formats.days(reader.locale, int(await _overdue_days(reader)))


async def _case_ref(reader: Reader) -> str:
    """An item of the queue may be about a colleague and no case."""
    if reader.conversation.case_id is None:
        return reader.batch.inst.catalogues.text(reader.locale, NO_CASE.context, NO_CASE.msgid)
    return (await reader.batch.case(reader.conversation.case_id)).case_ref


async def _crisis_line(reader: Reader) -> str:
    return crisis_line((await reader.batch.case(reader.conversation.case_id or 0)).jurisdiction)


async def _product(reader: Reader) -> str:
    case = await reader.batch.case(reader.conversation.case_id or 0)
    return str(case.loan.get("product") or "")


async def _barred_times(reader: Reader) -> str:
    rows = await barred_times.of_case(reader.batch.tx, reader.conversation.case_id or 0)
    return "\n".join(formats.weekly(reader.locale, row.weekday, row.opens, row.closes) for row in rows)


async def _visit(reader: Reader) -> Any:
    """The visit that the conversation is about, else the one that is planned."""
    if reader.conversation.visit_id is not None:
        return await reader.batch.visit(reader.conversation.visit_id)
    return await visits.live_of(reader.batch.tx, reader.conversation.case_id or 0)


async def _visit_day(reader: Reader) -> str:
    visit = await _visit(reader)
    case = await reader.batch.case(visit.case_id)
    return formats.day(reader.locale, case.timezone, visit.starts_at)


async def _visit_time(reader: Reader) -> str:
    visit = await _visit(reader)
    case = await reader.batch.case(visit.case_id)
    return formats.span(reader.locale, case.timezone, visit.starts_at, visit.ends_at)


def _of_team(role: str, field: str) -> Fill:
    async def fill(reader: Reader) -> str:
        visit = await reader.batch.visit(reader.conversation.visit_id or 0)
        person = await reader.batch.person(getattr(visit, f"{role}_id"))
        return str(getattr(person, field))

    return fill


def _code(half: str) -> Fill:
    async def fill(reader: Reader) -> str:
        visit = await reader.batch.visit(reader.conversation.visit_id or 0)
        return str(getattr(code_of(reader.batch.inst, visit), half))

    return fill


async def _visit_stage(reader: Reader) -> str:
    """How far the collector's talk is, for the colleague who watches over it."""
    stage = STAGES_AT_DOOR[await stage_of(reader.batch, reader.conversation.visit_id or 0)]
    return reader.batch.inst.catalogues.text(reader.locale, stage.context, stage.msgid)


async def _visit_offered(reader: Reader) -> str:
    """What the collector noted as the way forward that was looked at."""
    way = await told_in_visit(reader.batch, reader.conversation.visit_id or 0, "way_forward")
    return _say(reader, OFFERED.get(way, NOTHING))


async def _visit_agreed(reader: Reader) -> str:
    """The plan or the promise that the visit brought, else what follows from how the collector says that it ended."""
    promise = await promises.open_of(reader.batch.tx, reader.conversation.case_id or 0)
    visit_id = reader.conversation.visit_id or 0
    if promise is not None and promise.visit_id == visit_id and promise.agreement_id is not None:
        return await in_short(reader, promise.agreement_id)
    if promise is not None and promise.visit_id == visit_id:
        said = {"amount": await _promise_amount(reader), "day": await _promise_day(reader)}
        return _say(reader, PROMISE).format_map(said)
    return _say(reader, AGREED.get(await told_in_visit(reader.batch, visit_id, "outcome"), NOTHING))


def _say(reader: Reader, text: Text) -> str:
    return reader.batch.inst.catalogues.text(reader.locale, text.context, text.msgid)


async def _read_back(reader: Reader) -> str:
    """What was answered so far, a line each, for the collector to read back."""
    inst, conversation = reader.batch.inst, reader.conversation
    case = await reader.batch.case(conversation.case_id or 0)
    script, session = conversation.script, conversation.session
    return "\n".join(
        answered(inst, reader.locale, case, script, session, but=NOT_READ_BACK, longest=READ_BACK)
    )


async def _person_name(reader: Reader) -> str:
    return (await reader.batch.person(reader.conversation.person_id or 0)).name


def _of_settings(field: str) -> Fill:
    async def fill(reader: Reader) -> str:
        return str(getattr(reader.batch.inst.settings, field))

    return fill


PLACEHOLDERS: Mapping[str, Fill] = {
    "customer_name": _customer_name,
    "customer_phone": _customer_phone,
    "visit_address": _address,
    "customer_language": _customer_language,
    "outstanding": _outstanding,
    "data_by": _data_by,
    "overdue_days": _overdue_days,
    "overdue_for": _overdue_for,
    "promise_amount": _promise_amount,
    "promise_left": _promise_left,
    "promise_day": _promise_day,
    "case_ref": _case_ref,
    "product": _product,
    "crisis_line": _crisis_line,
    "barred_times": _barred_times,
    "visit_day": _visit_day,
    "visit_time": _visit_time,
    "collector_name": _of_team("collector", "name"),
    "collector_badge": _of_team("collector", "badge"),
    "safety_officer_name": _of_team("safety_officer", "name"),
    "safety_officer_badge": _of_team("safety_officer", "badge"),
    "code_team": _code("team"),
    "code_customer": _code("customer"),
    "read_back": _read_back,
    "visit_stage": _visit_stage,
    "visit_offered": _visit_offered,
    "visit_agreed": _visit_agreed,
    "person_name": _person_name,
    "creditor": _of_settings("creditor"),
    "contact": _of_settings("contact"),
    **FILLS,
}


async def fill_in(reader: Reader, text: Text) -> str:
    """Return `text` in the reader's language as html, every placeholder escaped."""
    return reader.batch.inst.calls.escape(await in_words(reader, text))


async def in_words(reader: Reader, text: Text, given: Mapping[str, str] | None = None) -> str:
    """Return `text` in the reader's language; `given` says what some placeholders stand for."""
    words = reader.batch.inst.catalogues.text(reader.locale, text.context, text.msgid)
    if not text.names:
        return words
    known = given or {}
    return words.format_map(
        {name: known[name] if name in known else await _value(reader, name) for name in text.names}
    )


async def _value(reader: Reader, name: str) -> str:
    fill = PLACEHOLDERS.get(name)
    if fill is not None:
        return await fill(reader)
    value = reader.conversation.session.values.get(name, "")
    return formats.number(reader.locale, value) if isinstance(value, int) else str(value)


async def locale_of_customer(batch: Batch, case: CaseFile) -> str:
    """Return the customer's language: their own choice in chat, else the file's."""
    rows = await chats.load(batch.tx, [case.chat_id]) if case.chat_id is not None else []
    return next((row.locale for row in rows if row.locale), case.locale)


async def zone_of(batch: Batch, conversation: Conversation) -> str:
    """Return the IANA zone that times are shown in: the case's, else the installation's."""
    if conversation.case_id is None:
        return batch.inst.settings.timezone
    return (await batch.case(conversation.case_id)).timezone
